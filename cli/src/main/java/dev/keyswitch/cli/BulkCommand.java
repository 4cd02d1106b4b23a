package dev.keyswitch.cli;

import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.Bulk;
import dev.keyswitch.sdk.ConnectionException;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bulk",
        mixinStandardHelpOptions = true,
        description = {
            "Do many operations on tokens: one JSON object on each line of FILE, answered line by line.",
            "For example {\"operation\":\"ASSIGN\",\"tokenId\":\"...\",\"body\":{\"modelId\":\"...\"}}. Operations: CREATE, UPDATE,",
            "ASSIGN, REASSIGN, UNASSIGN, SUSPEND, RESUME, CANCEL, REINSTATE, ROLL, DELETE; the body is that of the single call.",
            "A line that is refused undoes no other; the exit code is 1 then."
        })
final class BulkCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE|-", description = "Where the lines are; - for standard input.")
    private String file = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Go on after a failure: what was done under this key is not done again.")
    private @Nullable String key;

    @Option(names = "--dry-run", description = "Say what each line would do by itself, and change nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    private int done;
    private int refused;

    BulkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (KeyswitchClient client = new Configuration(terminal).connect();
                BufferedReader lines = open()) {
            Bulk bulk = bulk(client);
            try {
                bulk.lines(lines.lines().iterator(), this::print);
            } catch (ConnectionException e) {
                terminal.err().println("Done so far: " + done + ". To go on, run it again with --key " + bulk.key());
                throw e;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        terminal.err().println(done + (dryRun ? " would be" : "") + " done, " + refused + " refused.");
        return refused == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private Bulk bulk(KeyswitchClient client) {
        Bulk bulk = key == null ? client.bulk() : client.bulk().key(key);
        return dryRun ? bulk.dryRun() : bulk;
    }

    private BufferedReader open() throws IOException {
        return file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file));
    }

    private void print(BulkAnswer answer) {
        done += answer.isGood() ? 1 : 0;
        refused += answer.isGood() ? 0 : 1;
        terminal.out().print(output.isJson() ? JsonDocument.line(answer) : line(answer) + "\n");
        terminal.out().flush();
    }

    private static String line(BulkAnswer answer) {
        String begin = answer.line() + "  " + answer.status() + "  ";
        if (answer.problem() != null) {
            return Printable.text(begin + answer.problem().code() + ": " + answer.problem().detail());
        }
        Token token = answer.token();
        return Printable.text(begin + (token == null ? "done" : about(token)) + (answer.replayed() == null ? "" : "  (done before)"));
    }

    /// A value comes last: it is shown this once.
    private static String about(Token token) {
        return token.id() + "  " + token.name() + "  " + token.status() + "  "
                + (token.modelName() == null ? "unassigned" : token.modelName())
                + (token.value() == null ? "" : "  " + token.value());
    }
}
