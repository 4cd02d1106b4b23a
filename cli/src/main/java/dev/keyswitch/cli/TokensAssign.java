package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "assign",
        mixinStandardHelpOptions = true,
        description = "Assign an unassigned token to a model; a token of another model is refused.")
final class TokensAssign implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Parameters(index = "1", paramLabel = "MODEL", description = "Its id or name.")
    private String model = "";

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensAssign(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Lookup lookup = new Lookup(client);
            Token unchanged = lookup.token(token);
            Model target = lookup.model(model);
            if (dryRun.isWanted()) {
                return dryRun.print(
                        terminal, output, client.previews().assign(unchanged.id(), target.id()), preview -> PreviewViews.token(terminal, preview));
            }
            Token assigned = client.tokens().assign(unchanged.id(), target.id());
            Token latest = wait.untilReady(terminal, client, assigned);
            output.print(terminal, latest, () -> TokenViews.facts(terminal, latest));
        }
        return ExitCode.OK;
    }
}
