package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.sdk.KeyswitchClient;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description = "Write an evaluation key's content to a file; its digest is checked.")
final class EvaluationKeysDownload implements Callable<Integer> {
    private final Terminal terminal;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private EvaluationKeyChoice choice = new EvaluationKeyChoice();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file.")
    private Path file = Path.of("");

    EvaluationKeysDownload(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        NewFile target = NewFile.open(file);
        target.refuseIfThere();
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            EvaluationKey key = choice.find(client);
            if (key.state() != EvaluationKeyState.READY) {
                throw CommandException.refused("The evaluation key is " + key.state() + ", not READY.");
            }
            target.write(out -> client.evaluationKeys().download(key.id(), out));
            terminal.err().println("Wrote " + size(key) + " to " + file + ", sha256 " + key.sha256() + ".");
        }
        return ExitCode.OK;
    }

    private static String size(EvaluationKey key) {
        return key.sizeBytes() == null ? "the key" : Size.of(key.sizeBytes());
    }
}
