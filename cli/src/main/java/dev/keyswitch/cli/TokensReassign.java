package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reassign",
        mixinStandardHelpOptions = true,
        description = "Move a token to a model, wherever it is now, in one step.")
final class TokensReassign implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Parameters(index = "1", paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Option(
            names = "--when-ready",
            description = "Move only when the new evaluation key is there; until then the token works where it is.")
    private boolean whenReady;

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensReassign(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Lookup lookup = new Lookup(client);
            Token unchanged = lookup.token(token);
            Model target = lookup.model(model);
            AssignmentMode mode = whenReady ? AssignmentMode.WHEN_READY : AssignmentMode.IMMEDIATE;
            if (dryRun.isWanted()) {
                return dryRun.print(
                        terminal,
                        output,
                        client.previews().reassign(unchanged.id(), target.id(), mode),
                        preview -> PreviewViews.token(terminal, preview));
            }
            Token assigned = client.tokens().reassign(unchanged.id(), target.id(), mode);
            Token latest = wait.untilReady(terminal, client, assigned);
            output.print(terminal, latest, () -> TokenViews.facts(terminal, latest));
        }
        return ExitCode.OK;
    }
}
