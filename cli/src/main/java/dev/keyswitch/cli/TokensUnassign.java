package dev.keyswitch.cli;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.Tokens;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "unassign",
        mixinStandardHelpOptions = true,
        description = "End a token's assignment and revoke its evaluation key.")
final class TokensUnassign implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Option(names = "--from", paramLabel = "MODEL", description = "Only if it is assigned to this model (id or name).")
    private @Nullable String expectedModel;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensUnassign(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Lookup lookup = new Lookup(client);
            Tokens tokens = client.tokens();
            Token assigned = lookup.token(token);
            UUID expected = expectedModel == null ? null : lookup.model(expectedModel).id();
            if (dryRun.isWanted()) {
                return dryRun.print(
                        terminal, output, client.previews().unassign(assigned.id(), expected), preview -> PreviewViews.token(terminal, preview));
            }
            Token unassigned = expected == null ? tokens.unassign(assigned.id()) : tokens.unassign(assigned.id(), expected);
            output.print(terminal, unassigned, () -> TokenViews.facts(terminal, unassigned));
        }
        return ExitCode.OK;
    }
}
