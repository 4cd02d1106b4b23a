package dev.keyswitch.cli;

import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "set-profile",
        mixinStandardHelpOptions = true,
        description = "Give a model another encryption profile; every token of it gets a new evaluation key.")
final class ModelsSetProfile implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private ProfileChoice profile = new ProfileChoice();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsSetProfile(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        EncryptionProfile wanted = profile.read();
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            UUID id = new Lookup(client).model(model).id();
            if (dryRun.isWanted()) {
                return dryRun.print(
                        terminal, output, client.previews().changeEncryptionProfile(id, wanted), PreviewViews::model);
            }
            Model changed = client.models().changeEncryptionProfile(id, wanted);
            output.print(terminal, changed, () -> ModelViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
