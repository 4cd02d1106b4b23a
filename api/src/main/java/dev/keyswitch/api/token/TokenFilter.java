package dev.keyswitch.api.token;

import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.TokenStatus;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which tokens a list is about.
///
/// @param ids only these, as far as there are such tokens; null: any
/// @param assigned true: those with a model. false: those that can be given one, which canceled and expired ones cannot;
///     together with `status`: whatever has no model and this status
record TokenFilter(
        @Nullable Set<UUID> ids,
        @Nullable Boolean assigned,
        @Nullable UUID modelId,
        @Nullable TokenStatus status,
        @Nullable EvaluationKeyState keyState,
        @Nullable Instant expiresBefore) {

    static TokenFilter of(QueryParameters query) {
        return new TokenFilter(
                query.ids("id"),
                query.flag("assigned"),
                query.id("modelId"),
                query.choice("status", TokenStatus.class),
                query.choice("keyState", EvaluationKeyState.class),
                query.time("expiresBefore"));
    }
}
