package dev.keyswitch.cli;

import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancel a token: its evaluation key is revoked, its assignment stays.")
final class TokensCancel implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensCancel(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            UUID id = new Lookup(client).token(token).id();
            if (dryRun.isWanted()) {
                ChangeToken change = ChangeToken.nothing().status(TokenStatus.CANCELED);
                return dryRun.print(
                        terminal, output, client.previews().change(id, change), preview -> PreviewViews.token(terminal, preview));
            }
            Token changed = client.tokens().cancel(id);
            output.print(terminal, changed, () -> TokenViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
