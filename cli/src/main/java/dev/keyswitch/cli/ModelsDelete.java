package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete a model for ever.")
final class ModelsDelete implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Option(names = "--unassign-tokens", description = "Unassign its tokens first; refused otherwise while it has some.")
    private boolean unassignTokens;

    @Option(names = "--yes", description = "Needed: this cannot be undone.")
    private boolean sure;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsDelete(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!sure && !dryRun.isWanted()) {
            throw CommandException.usage("Deleting cannot be undone. Say --yes if you are sure.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Model found = new Lookup(client).model(model);
            if (dryRun.isWanted()) {
                return dryRun.print(
                        terminal,
                        output,
                        client.previews().deleteModel(found.id(), unassignTokens),
                        PreviewViews::model);
            }
            if (unassignTokens) {
                client.models().deleteWithAssignments(found.id());
            } else {
                client.models().delete(found.id());
            }
            output.print(terminal, Map.of("deleted", found.id()), () -> sentence(found));
        }
        return ExitCode.OK;
    }

    private String sentence(Model found) {
        String what = "the model " + Printable.text(found.name()) + " (" + found.id() + ")";
        return unassignTokens && found.tokenCount() > 0
                ? "Nobody may query " + what + " any more; it goes when its " + found.tokenCount()
                        + " tokens are unassigned.\n"
                : "Deleted " + what + ".\n";
    }
}
