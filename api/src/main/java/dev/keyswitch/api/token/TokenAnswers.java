package dev.keyswitch.api.token;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes what callers see of a token out of its row, its last use, its model's name and its present evaluation key. Within the caller's
/// transaction.
@Singleton
public final class TokenAnswers {

    private final Models models;
    private final EvaluationKeyRequests evaluationKeys;
    private final TokenUses uses;

    TokenAnswers(Models models, EvaluationKeyRequests evaluationKeys, TokenUses uses) {
        this.models = models;
        this.evaluationKeys = evaluationKeys;
        this.uses = uses;
    }

    public Token of(TokenRow row) {
        return of(row.accountId(), List.of(row)).getFirst();
    }

    List<Token> of(AccountId account, List<TokenRow> rows) {
        Map<ModelId, String> names = models.names(
                account, rows.stream().map(TokenRow::modelId).filter(Objects::nonNull).toList());
        Map<TokenId, EvaluationKey> present = evaluationKeys.present(account, ids(rows, TokenRow::modelId));
        Map<TokenId, EvaluationKey> pending = evaluationKeys.pending(account, ids(rows, TokenRow::pendingModelId));
        Map<TokenId, Instant> used = uses.of(rows.stream().map(TokenRow::id).toList());
        return rows.stream()
                .map(row -> answer(
                        row,
                        row.modelId() == null ? null : names.get(row.modelId()),
                        present.get(row.id()),
                        move(row, pending.get(row.id())),
                        used.get(row.id())))
                .toList();
    }

    private static List<TokenId> ids(List<TokenRow> rows, Function<TokenRow, @Nullable ModelId> model) {
        return rows.stream().filter(row -> model.apply(row) != null).map(TokenRow::id).toList();
    }

    private static @Nullable PendingReassignment move(TokenRow row, @Nullable EvaluationKey key) {
        if (row.pendingModelId() == null || key == null) {
            return null;
        }
        return new PendingReassignment(
                row.pendingModelId().value(), key.generation(), key, Objects.requireNonNull(row.pendingSince()));
    }

    public Versioned<Token> versioned(TokenRow row) {
        return new Versioned<>(of(row), row.version());
    }

    /// With the value, which is shown this once.
    Versioned<Token> versioned(TokenRow row, String value) {
        return new Versioned<>(of(row).withValue(value), row.version());
    }

    private static Token answer(
            TokenRow row,
            @Nullable String modelName,
            @Nullable EvaluationKey key,
            @Nullable PendingReassignment move,
            @Nullable Instant lastUsedAt) {
        return new Token(
                row.id().value(),
                row.name(),
                row.note(),
                row.status(),
                row.custody(),
                row.holderId().value(),
                row.createdAt(),
                row.expiresAt(),
                row.modelId() == null ? null : row.modelId().value(),
                modelName,
                row.generation(),
                row.activeGeneration(),
                key,
                move,
                row.valueHint(),
                lastUsedAt,
                null);
    }
}
