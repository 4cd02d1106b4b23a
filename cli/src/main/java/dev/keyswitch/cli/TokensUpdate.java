package dev.keyswitch.cli;

import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = "Change what is said about a token; what is not named stays as it is.")
final class TokensUpdate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Another name.")
    private @Nullable String name;

    @Option(names = "--note", paramLabel = "TEXT", description = "Another note; an empty one removes it.")
    private @Nullable String note;

    @Option(
            names = "--expires-in-days",
            paramLabel = "DAYS",
            description = "Renew it: 1 to 365 days from now. The value stays the same.")
    private @Nullable Integer expiresInDays;

    @Option(
            names = "--custody",
            paramLabel = "agent|holder",
            description = "Who makes its evaluation keys from now on.")
    private @Nullable Custody custody;

    @Option(
            names = "--holder",
            paramLabel = "ID",
            description = "Another key holder; it is asked for a new evaluation key if the token is assigned.")
    private @Nullable UUID holder;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensUpdate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ChangeToken change = new ChangeToken(name, note, null, expiresAt(), custody, holder, null);
        if (change.equals(ChangeToken.nothing())) {
            throw CommandException.usage("Say what to change, for example --name or --expires-in-days.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            UUID id = new Lookup(client).token(token).id();
            if (dryRun.isWanted()) {
                return dryRun.print(
                        terminal, output, client.previews().change(id, change), preview -> PreviewViews.token(terminal, preview));
            }
            Token changed = client.tokens().change(id, change);
            output.print(terminal, changed, () -> TokenViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }

    private @Nullable Instant expiresAt() {
        return expiresInDays == null ? null : terminal.clock().instant().plus(Duration.ofDays(expiresInDays));
    }
}
