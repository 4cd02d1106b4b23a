package dev.keyswitch.console.assignment;

import dev.keyswitch.console.page.Times;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.TokenQuery;
import dev.keyswitch.sdk.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// What the field that chooses a token offers.
///
/// @param options unassigned tokens, best match first
/// @param more whether there are more than these
/// @param elsewhere matching tokens of other models; only when something was typed
record TokenCandidates(List<Option> options, boolean more, List<Elsewhere> elsewhere) {

    private static final int OPTIONS = 8;
    private static final int ELSEWHERE = 3;

    record Option(String id, String name, String detail) {}

    /// @param href where the token can be reassigned
    record Elsewhere(String name, String modelName, String href) {}

    /// @param q part of the name; empty: any
    /// @param model the one that tokens are chosen for
    static TokenCandidates find(Tokens tokens, String q, UUID model, Instant now) {
        Page<Token> free =
                tokens.list(TokenQuery.everything().q(q.isEmpty() ? null : q).assigned(false).limit(OPTIONS));
        List<Option> options = free.items().stream()
                .map(token -> new Option(
                        token.id().toString(),
                        token.name(),
                        (token.status() == TokenStatus.SUSPENDED ? "suspended, …" : "…") + token.valueHint() + ", expires "
                                + Times.relative(token.expiresAt(), now)))
                .toList();
        return new TokenCandidates(options, free.nextCursor() != null, q.isEmpty() ? List.of() : elsewhere(tokens, q, model));
    }

    private static List<Elsewhere> elsewhere(Tokens tokens, String q, UUID model) {
        // A few more than are shown, because those of this very model are left out.
        return tokens.list(TokenQuery.everything().q(q).assigned(true).limit(4 * ELSEWHERE)).items().stream()
                .filter(token -> !Objects.equals(token.modelId(), model))
                .limit(ELSEWHERE)
                .map(token -> new Elsewhere(
                        token.name(),
                        Objects.requireNonNullElse(token.modelName(), "another model"),
                        "/tokens/" + token.id() + "/reassign?modelId=" + model))
                .toList();
    }
}
