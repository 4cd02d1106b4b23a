package dev.keyswitch.cli;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
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
    private OutputOption output = new OutputOption();

    TokensCancel(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Token changed = client.tokens().cancel(new Lookup(client).token(token).id());
            output.print(terminal, changed, () -> TokenViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
