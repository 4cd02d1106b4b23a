package dev.keyswitch.cli;

import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = "Rename a key holder, or tell its root key's fingerprint: once, for every evaluation key depends on it.")
final class HoldersUpdate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "HOLDER", description = "Its id or name.")
    private String holder = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Another name.")
    private @Nullable String name;

    @Mixin
    private FingerprintOptions fingerprint = new FingerprintOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    HoldersUpdate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ChangeHolder change = new ChangeHolder(name, fingerprint.read());
        if (change.name() == null && change.rootFingerprint() == null) {
            throw CommandException.usage("Say what to change: --name, --root-key or --root-fingerprint.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Holder changed = client.holders().change(new Lookup(client).holder(holder).id(), change);
            output.print(terminal, changed, () -> HolderViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
