package dev.keyswitch.sdk;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which evaluation keys to list. Begin with [#everything] and narrow it.
///
/// @param limit items per page, 1 to 200; the server's default is 50
/// @param cursor where the page begins; from the page before
public record EvaluationKeyQuery(
        @Nullable EvaluationKeyState state,
        @Nullable UUID tokenId,
        @Nullable UUID modelId,
        @Nullable UUID holderId,
        @Nullable Integer limit,
        @Nullable String cursor) {
    public static EvaluationKeyQuery everything() {
        return new EvaluationKeyQuery(null, null, null, null, null, null);
    }

    public EvaluationKeyQuery state(@Nullable EvaluationKeyState wanted) {
        return new EvaluationKeyQuery(wanted, tokenId, modelId, holderId, limit, cursor);
    }

    public EvaluationKeyQuery tokenId(@Nullable UUID token) {
        return new EvaluationKeyQuery(state, token, modelId, holderId, limit, cursor);
    }

    public EvaluationKeyQuery modelId(@Nullable UUID model) {
        return new EvaluationKeyQuery(state, tokenId, model, holderId, limit, cursor);
    }

    public EvaluationKeyQuery holderId(@Nullable UUID holder) {
        return new EvaluationKeyQuery(state, tokenId, modelId, holder, limit, cursor);
    }

    public EvaluationKeyQuery limit(@Nullable Integer perPage) {
        return new EvaluationKeyQuery(state, tokenId, modelId, holderId, perPage, cursor);
    }

    public EvaluationKeyQuery cursor(@Nullable String from) {
        return new EvaluationKeyQuery(state, tokenId, modelId, holderId, limit, from);
    }

    String target() {
        return Target.of("/v1/evaluation-keys")
                .with("state", state)
                .with("tokenId", tokenId)
                .with("modelId", modelId)
                .with("holderId", holderId)
                .with("limit", limit)
                .with("cursor", cursor)
                .toString();
    }
}
