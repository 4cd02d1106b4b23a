package dev.keyswitch.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "secret-key",
        mixinStandardHelpOptions = true,
        description = "Write the SEAL SecretKey file of a token's present assignment (mode 0600).")
final class HolderSecretKey implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "Its id, or its name if that is unique.")
    private String token = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file; keep it secret.")
    private Path file = Path.of("");

    HolderSecretKey(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        NewFile target = NewFile.secret(file);
        target.refuseIfThere();
        try (HolderKey key = HolderKey.derive(new Configuration(terminal), token)) {
            target.write(out -> key.secretKey().writeTo(out, key.profile().stamp()));
            terminal.err()
                    .println("Wrote the secret key of " + key.description() + " to " + file
                            + ". It decrypts: keep it secret.");
        }
        return ExitCode.OK;
    }
}
