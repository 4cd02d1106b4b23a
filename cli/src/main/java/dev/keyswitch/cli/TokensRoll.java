package dev.keyswitch.cli;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "roll",
        mixinStandardHelpOptions = true,
        description = "Give a token a new value, which is shown once, here. Assignment and evaluation key stay.")
final class TokensRoll implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Option(
            names = "--grace",
            defaultValue = "0",
            paramLabel = "TIME",
            converter = WaitOptions.TimeConverter.class,
            description = "How long the value before works on: 90s, 10m, 24h (default: not at all).")
    private Duration grace = Duration.ZERO;

    @Mixin
    private OutputOption output = new OutputOption();

    TokensRoll(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Token rolled = client.tokens().roll(new Lookup(client).token(token).id(), grace);
            output.print(terminal, rolled, () -> TokenViews.created(terminal, rolled));
        }
        return ExitCode.OK;
    }
}
