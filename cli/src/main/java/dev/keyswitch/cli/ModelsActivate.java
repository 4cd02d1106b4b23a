package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "activate", mixinStandardHelpOptions = true, description = "Let the tokens of an inactive model query it again.")
final class ModelsActivate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsActivate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Model changed = client.models().activate(new Lookup(client).model(model).id());
            output.print(terminal, changed, () -> ModelViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
