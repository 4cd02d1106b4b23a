package dev.keyswitch.console.effect;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether encrypted queries of tokens are answered, and why not.
///
/// @param models those that the tokens belong to
record Queries(Map<UUID, Model> models, Instant now) {

    /// Why a query is not answered, as the end of a sentence.
    enum Refusal {
        DELETED("the token is deleted"),
        SUSPENDED("the token is suspended"),
        CANCELED("the token is canceled"),
        EXPIRED("the token is expired"),
        UNASSIGNED("the token is not assigned"),
        INACTIVE("the model is inactive"),
        NO_KEY("the evaluation key is not ready");

        private final String words;

        Refusal(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// @param ids of the models
    static Queries of(KeyswitchClient client, Collection<@Nullable UUID> ids, Instant now) {
        return new Queries(
                client.models().withIds(ids.stream().filter(Objects::nonNull).toList()).stream()
                        .collect(Collectors.toMap(Model::id, Function.identity())),
                now);
    }

    /// Null if they are answered.
    @Nullable
    Refusal refusal(@Nullable Token token) {
        if (token == null) {
            return Refusal.DELETED;
        }
        if (token.status() != TokenStatus.ACTIVE) {
            return token.status() == TokenStatus.SUSPENDED ? Refusal.SUSPENDED : Refusal.CANCELED;
        }
        if (!token.expiresAt().isAfter(now)) {
            return Refusal.EXPIRED;
        }
        if (token.modelId() == null) {
            return Refusal.UNASSIGNED;
        }
        Model model = models.get(token.modelId());
        if (model != null && model.status() == ModelStatus.INACTIVE) {
            return Refusal.INACTIVE;
        }
        boolean ready = token.evaluationKey() != null && token.evaluationKey().state() == EvaluationKeyState.READY;
        return ready ? null : Refusal.NO_KEY;
    }

    String name(UUID model) {
        Model found = models.get(model);
        return found == null ? "a deleted model" : found.name();
    }
}
