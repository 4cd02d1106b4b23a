package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.TokenQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List tokens.")
final class TokensList implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "-q", paramLabel = "TEXT", description = "Part of the name, in any case.")
    private @Nullable String part;

    @ArgGroup
    private Assigned assigned = new Assigned();

    @Option(names = "--status", paramLabel = "STATUS", description = "active, suspended or canceled.")
    private @Nullable TokenStatus status;

    @Option(
            names = "--key-state",
            paramLabel = "STATE",
            description = "Of the evaluation key: requested, generating, ready, failed.")
    private @Nullable EvaluationKeyState keyState;

    @Option(names = "--expires-in", paramLabel = "TIME", description = "Only those that end within 12h, 90m.", converter = WaitOptions.TimeConverter.class)
    private @Nullable Duration expiresIn;

    @Option(names = "--sort", paramLabel = "ORDER", description = "name, createdAt or expiresAt; -name and so on for the other way round.")
    private @Nullable String sort;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int limit = list.limit();
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            UUID modelId = assigned.model == null
                    ? null
                    : new Lookup(client).model(assigned.model).id();
            TokenQuery query =
                    new TokenQuery(null, part, assigned.wanted(), modelId, status, keyState, expiresBefore(), sort, limit, list.cursor());
            Page<Token> page = list.fetch(query, client.tokens()::list, client.tokens()::all);
            list.print(terminal, output, page, tokens -> TokenViews.table(terminal, tokens));
        }
        return ExitCode.OK;
    }

    private @Nullable Instant expiresBefore() {
        return expiresIn == null ? null : terminal.clock().instant().plus(expiresIn);
    }

    static final class Assigned {
        @Option(names = "--assigned", description = "Only tokens that are assigned.")
        private boolean assigned;

        @Option(names = "--unassigned", description = "Only tokens that can be assigned.")
        private boolean unassigned;

        @Option(names = "--model", paramLabel = "MODEL", description = "Only tokens of this model (id or name).")
        private @Nullable String model;

        @Nullable
        Boolean wanted() {
            if (assigned) {
                return true;
            }
            return unassigned ? false : null;
        }
    }
}
