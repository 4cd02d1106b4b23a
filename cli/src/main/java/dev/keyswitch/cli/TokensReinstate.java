package dev.keyswitch.cli;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "reinstate",
        mixinStandardHelpOptions = true,
        description = "Make a canceled token active again; a new evaluation key is asked for if it is assigned.")
final class TokensReinstate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensReinstate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Token changed =
                    client.tokens().reinstate(new Lookup(client).token(token).id());
            Token latest = wait.untilReady(terminal, client, changed);
            output.print(terminal, latest, () -> TokenViews.facts(terminal, latest));
        }
        return ExitCode.OK;
    }
}
