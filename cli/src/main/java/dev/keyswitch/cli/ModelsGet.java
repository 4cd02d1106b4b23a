package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", mixinStandardHelpOptions = true, description = "Show one model.")
final class ModelsGet implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsGet(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Model found = new Lookup(client).model(model);
            output.print(terminal, found, () -> ModelViews.facts(terminal, found));
        }
        return ExitCode.OK;
    }
}
