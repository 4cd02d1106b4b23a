package dev.keyswitch.cli;

import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", mixinStandardHelpOptions = true, description = "Show one key holder.")
final class HoldersGet implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "HOLDER", description = "Its id or name.")
    private String holder = "";

    @Mixin
    private OutputOption output = new OutputOption();

    HoldersGet(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Holder found = new Lookup(client).holder(holder);
            output.print(terminal, found, () -> HolderViews.facts(terminal, found));
        }
        return ExitCode.OK;
    }
}
