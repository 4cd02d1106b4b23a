package dev.keyswitch.cli;

import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List the key holders.")
final class HoldersList implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOption output = new OutputOption();

    HoldersList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            List<Holder> holders = client.holders().list();
            output.print(terminal, new Page<>(holders, null), () -> HolderViews.table(terminal, holders));
        }
        return ExitCode.OK;
    }
}
