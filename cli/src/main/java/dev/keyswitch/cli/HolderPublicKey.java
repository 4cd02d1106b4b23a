package dev.keyswitch.cli;

import dev.keyswitch.keygen.PublicKeyGenerator;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "public-key",
        mixinStandardHelpOptions = true,
        description = "Write a SEAL PublicKey file for a token's present assignment.")
final class HolderPublicKey implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "Its id, or its name if that is unique.")
    private String token = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file.")
    private Path file = Path.of("");

    HolderPublicKey(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        NewFile target = NewFile.open(file);
        target.refuseIfThere();
        try (HolderKey key = HolderKey.derive(new Configuration(terminal), token)) {
            target.write(out -> PublicKeyGenerator.write(
                    key.secretKey(), key.profile().form(), key.profile().stamp(), out));
            terminal.err().println("Wrote a public key of " + key.description() + " to " + file + ".");
        }
        return ExitCode.OK;
    }
}
