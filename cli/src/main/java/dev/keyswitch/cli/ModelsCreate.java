package dev.keyswitch.cli;

import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Register a model with its encryption profile.",
        footer = {
            "",
            "Example:",
            "  keyswitch models create triage --scheme ckks --degree 8192 --coeff-modulus-bits 60,40,40,60 --rotations"
                    + " 1,-1"
        })
final class ModelsCreate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "Unique in the account.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
    private @Nullable String description;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private ProfileChoice profile = new ProfileChoice();

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsCreate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        CreateModel wanted = new CreateModel(name, description, profile.read());
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Model model = client.models().create(wanted);
            output.print(terminal, model, () -> ModelViews.facts(terminal, model));
        }
        return ExitCode.OK;
    }
}
