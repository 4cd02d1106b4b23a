package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which evaluation key is meant: by its own id, or the one of a token's present assignment.
final class EvaluationKeyChoice {
    @Parameters(paramLabel = "KEY", description = "Its id.")
    private @Nullable String key;

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "The one of this token's present assignment (id or unique name).")
    private @Nullable String token;

    EvaluationKey find(KeyswitchClient client) {
        if (token == null) {
            return client.evaluationKeys().get(Lookup.requiredId("an evaluation key", Objects.requireNonNull(key)));
        }
        Token found = new Lookup(client).token(token);
        if (found.evaluationKey() == null) {
            throw CommandException.refused("The token " + found.name() + " has no evaluation key: it is not assigned.");
        }
        return found.evaluationKey();
    }
}
