package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "encryption-parameters",
        mixinStandardHelpOptions = true,
        description = "Write a model's parameters as a SEAL EncryptionParameters file.")
final class ModelsEncryptionParameters implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file.")
    private Path file = Path.of("");

    ModelsEncryptionParameters(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        NewFile target = NewFile.open(file);
        target.refuseIfThere();
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Model found = new Lookup(client).model(model);
            byte[] parameters = client.models().encryptionParameters(found.id());
            target.write(out -> out.write(parameters));
            terminal.err()
                    .println(
                            "Wrote the encryption parameters of " + Printable.text(found.name()) + " to " + file + ".");
        }
        return ExitCode.OK;
    }
}
