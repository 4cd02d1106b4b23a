package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "deactivate", mixinStandardHelpOptions = true, description = "Let nobody query a model; its tokens stay assigned.")
final class ModelsDeactivate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsDeactivate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            UUID id = new Lookup(client).model(model).id();
            if (dryRun.isWanted()) {
                return dryRun.print(terminal, output, client.previews().deactivate(id), PreviewViews::model);
            }
            Model changed = client.models().deactivate(id);
            output.print(terminal, changed, () -> ModelViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
