package dev.keyswitch.cli;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "resume", mixinStandardHelpOptions = true, description = "End the pause of a suspended token.")
final class TokensResume implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Mixin
    private OutputOption output = new OutputOption();

    TokensResume(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Token changed = client.tokens().resume(new Lookup(client).token(token).id());
            output.print(terminal, changed, () -> TokenViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
