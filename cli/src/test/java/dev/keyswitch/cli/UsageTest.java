package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class UsageTest {
    private final Cli cli = Cli.bare(Path.of("/nonexistent"));

    @Test
    void helpNamesEveryGroupOfCommands() {
        Cli.Run run = cli.run("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("models", "tokens", "evaluation-keys", "holder", "whoami", "KEYSWITCH_URL", "Exit codes");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models create",
                "models list",
                "models get",
                "models encryption-parameters",
                "tokens create",
                "tokens list",
                "tokens get",
                "tokens assign",
                "tokens reassign",
                "tokens unassign",
                "evaluation-keys list",
                "evaluation-keys get",
                "evaluation-keys download",
                "holder secret-key",
                "evaluation-keys generate",
                "evaluation-keys retry",
                "holders create",
                "holders list",
                "holders get",
                "holders update",
                "credentials create",
                "credentials list",
                "credentials revoke",
                "account get",
                "account update",
                "accounts create",
                "accounts list",
                "accounts suspend",
                "accounts resume",
                "holder public-key",
                "bulk",
                "self",
                "whoami"
            })
    void everyCommandExplainsItself(String command) {
        Cli.Run run = cli.run((command + " --help").split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: keyswitch " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "models",
                "model list",
                "models lst",
                "models get",
                "models list --limit many",
                "models list --limit 0",
                "tokens list --limit 201",
                "evaluation-keys list --limit -1",
                "models list -o xml",
                "models create triage",
                "models create triage --scheme ckks --degree 8192",
                "models create triage --scheme rsa --degree 8192 --coeff-modulus-bits 60,60",
                "models create triage --scheme ckks --degree 8192 --coeff-modulus-bits 60,60 --rotations left",
                "models create triage --scheme ckks --degree 8192 --coeff-modulus-bits 60,60 --seal-stamp 2",
                "models create triage --profile p.json --scheme ckks",
                "tokens assign alone",
                "tokens create ward --wait",
                "tokens get ward --timeout soon",
                "tokens list --assigned --unassigned",
                "evaluation-keys get",
                "evaluation-keys get 0199a000-0000-7000-8000-000000000021 --token ward",
                "holder secret-key --token ward"
            })
    void wrongUsageEndsWithTwoAndAHint(String command) {
        Cli.Run run = cli.run(command.isEmpty() ? new String[0] : command.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("keyswitch: ").doesNotContain("No Keyswitch runs");
    }

    @Test
    void proposesTheCommandThatWasMeant() {
        assertThat(cli.run("models", "lst").err()).contains("list");
    }

    @Test
    void everyCommandKnowsItsVersion() {
        assertThat(cli.run("--version").out()).startsWith("keyswitch ");
        assertThat(cli.run("tokens", "create", "-V").out()).startsWith("keyswitch ");
    }

    @Test
    void completesEveryCommand() {
        assertThat(cli.run("generate-completion").out())
                .contains("encryption-parameters", "--coeff-modulus-bits", "reassign");
    }

    @Test
    void othersMayAddCommandsOfTheirOwn() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String[] args = {"up"};

        int exitCode =
                Keyswitch.commandLine(args, stream, stream, cli.env(), new Up()).execute(args);

        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("starting\nkeyswitch: There is no file or folder data.\n");
    }

    @Command(name = "up")
    private static final class Up implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            spec.commandLine().getOut().println("starting");
            throw new NoSuchFileException("data");
        }
    }
}
