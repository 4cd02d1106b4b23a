package dev.keyswitch.cli;

import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create a token. Its value is shown once, here, and never again.")
final class TokensCreate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "For people; need not be unique.")
    private String name = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "For people.")
    private @Nullable String note;

    @Option(
            names = "--expires-in-days",
            paramLabel = "DAYS",
            description = "1 to 365 (the account's default otherwise).")
    private @Nullable Integer expiresInDays;

    @Option(names = "--model", paramLabel = "MODEL", description = "Assign it at once to this model (id or name).")
    private @Nullable String model;

    @Option(
            names = "--custody",
            paramLabel = "agent|holder",
            description = "Who makes its evaluation keys: a worker by itself (agent), or a person or program (holder).")
    private @Nullable Custody custody;

    @Option(names = "--holder", paramLabel = "ID", description = "Its key holder (the account's default otherwise).")
    private @Nullable UUID holder;

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensCreate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (wait.isWanted() && model == null) {
            throw CommandException.usage("--wait needs --model: a token without a model has no evaluation key.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            UUID modelId =
                    model == null ? null : new Lookup(client).model(model).id();
            Token token =
                    client.tokens().create(new CreateToken(name, note, expiresInDays, null, modelId, custody, holder));
            if (output.isJson()) {
                printWhenReady(client, token);
            } else {
                terminal.out().print(TokenViews.created(terminal, token));
                terminal.out().flush();
                wait.untilReady(terminal, client, token);
            }
        }
        return ExitCode.OK;
    }

    /// One document, and in any case one: the value in it cannot be asked for again.
    private void printWhenReady(KeyswitchClient client, Token created) {
        Token latest = created;
        try {
            latest = wait.untilReady(terminal, client, created);
        } finally {
            output.print(terminal, TokenViews.withValueOf(created, latest), () -> "");
        }
    }
}
