package dev.keyswitch.api.access;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.security.ShownOnceValues;
import dev.keyswitch.api.token.TokenUses;
import dev.keyswitch.contract.access.Introspection.EvaluationKeyReference;
import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.ShownOnceValue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decides whether a token may query a model now. A value that is malformed, unknown, or of another account is answered with a
/// bare no; otherwise the first thing in the way is named.
@Singleton
final class AccessDecisions {

    private final AccessRows rows;
    private final TokenUses uses;
    private final Clock clock;

    AccessDecisions(AccessRows rows, TokenUses uses, Clock clock) {
        this.rows = rows;
        this.uses = uses;
        this.clock = clock;
    }

    /// @param key the evaluation key the query was made for, if it names one
    record Question(String token, ModelId model, @Nullable EvaluationKeyId key) {}

    Introspection decide(AccountId account, Question question) {
        if (!ShownOnceValue.isWellFormed(ShownOnceValue.TOKEN_PREFIX, question.token())) {
            return Introspection.unknown();
        }
        return rows
                .find(account.value(), ShownOnceValues.hash(question.token()), clock.instant())
                .map(row -> decide(row, question))
                .orElseGet(Introspection::unknown);
    }

    private Introspection decide(AccessRow row, Question question) {
        Instant now = clock.instant();
        Optional<Reason> obstacle = obstacle(row, question, now);
        if (obstacle.isPresent()) {
            return new Introspection(
                    false, row.id().value(), null, row.expiresAt().getEpochSecond(), obstacle.get(), null);
        }
        uses.used(row.id(), row.lastUsedAt(), now);
        EvaluationKeyId key = Objects.requireNonNull(row.keyId());
        return new Introspection(
                true,
                row.id().value(),
                question.model().value(),
                row.expiresAt().getEpochSecond(),
                null,
                new EvaluationKeyReference(
                        key.value(),
                        Objects.requireNonNull(row.keyGeneration()),
                        Objects.requireNonNull(row.keySha256()),
                        "/v1/evaluation-keys/" + key + "/content"));
    }

    /// What is in the way of this token and its own model.
    Optional<Reason> obstacle(AccessRow row) {
        ModelId own = row.modelId() == null ? new ModelId(new UUID(0, 0)) : row.modelId();
        return obstacle(row, new Question("", own, null), clock.instant());
    }

    /// The order of the questions is part of the contract.
    private static Optional<Reason> obstacle(AccessRow row, Question question, Instant now) {
        if (row.status() == TokenStatus.SUSPENDED) {
            return Optional.of(Reason.TOKEN_SUSPENDED);
        }
        if (row.status() != TokenStatus.ACTIVE) {
            return Optional.of(Reason.TOKEN_CANCELED);
        }
        if (!now.isBefore(row.expiresAt())) {
            return Optional.of(Reason.TOKEN_EXPIRED);
        }
        if (row.modelId() == null) {
            return Optional.of(Reason.TOKEN_UNASSIGNED);
        }
        if (!row.modelId().equals(question.model())) {
            return Optional.of(Reason.OTHER_MODEL);
        }
        if (row.modelStatus() != ModelStatus.ACTIVE) {
            return Optional.of(Reason.MODEL_INACTIVE);
        }
        if (row.keyState() != EvaluationKeyState.READY) {
            return Optional.of(Reason.EVALUATION_KEY_NOT_READY);
        }
        if (question.key() != null && !question.key().equals(row.keyId())) {
            return Optional.of(Reason.OTHER_EVALUATION_KEY);
        }
        return Optional.empty();
    }
}
