package dev.keyswitch.cli;

import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "create", mixinStandardHelpOptions = true, description = "Add a key holder: another side that keeps secret keys of its own.")
final class HoldersCreate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "Unique in the account.")
    private String name = "";

    @Mixin
    private FingerprintOptions fingerprint = new FingerprintOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    HoldersCreate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        CreateHolder wanted = new CreateHolder(name, fingerprint.read());
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Holder created = client.holders().create(wanted);
            output.print(terminal, created, () -> HolderViews.facts(terminal, created));
        }
        return ExitCode.OK;
    }
}
