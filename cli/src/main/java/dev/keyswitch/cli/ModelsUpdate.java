package dev.keyswitch.cli;

import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = "Change a model's name or description; what is not named stays as it is.")
final class ModelsUpdate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Another name, unique in the account.")
    private @Nullable String name;

    @Option(names = "--description", paramLabel = "TEXT", description = "For people; an empty one removes it.")
    private @Nullable String description;

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsUpdate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (name == null && description == null) {
            throw CommandException.usage("Say what to change: --name or --description.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Model changed = client.models()
                    .change(new Lookup(client).model(model).id(), new ChangeModel(name, description));
            output.print(terminal, changed, () -> ModelViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
