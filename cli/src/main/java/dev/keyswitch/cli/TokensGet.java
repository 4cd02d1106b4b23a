package dev.keyswitch.cli;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", mixinStandardHelpOptions = true, description = "Show one token.")
final class TokensGet implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensGet(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Token found = wait.untilReady(terminal, client, new Lookup(client).token(token));
            output.print(terminal, found, () -> TokenViews.facts(terminal, found));
        }
        return ExitCode.OK;
    }
}
