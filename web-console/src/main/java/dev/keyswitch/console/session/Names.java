package dev.keyswitch.console.session;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Names of tokens and models by their ids: lists of evaluation keys and of changes have ids only. Asked for as pages need
/// them, all of a page in one call, and remembered for a short while. Thread-safe.
public final class Names {

    private static final Duration REMEMBERED = Duration.ofSeconds(20);
    private static final int MOST = 5_000;

    private final KeyswitchClient client;
    private final Clock clock;
    private final Map<UUID, Remembered> remembered = new ConcurrentHashMap<>();

    /// @param text null if there is no such thing any more
    private record Remembered(@Nullable String text, Instant until) {}

    Names(KeyswitchClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /// Names by id; deleted tokens are missing.
    public Map<UUID, String> ofTokens(Collection<@Nullable UUID> ids) {
        return of(ids, some -> names(client.tokens().withIds(some), Token::id, Token::name));
    }

    /// Names by id; deleted models are missing.
    public Map<UUID, String> ofModels(Collection<@Nullable UUID> ids) {
        return of(ids, some -> names(client.models().withIds(some), Model::id, Model::name));
    }

    private static <T> Map<UUID, String> names(List<T> things, Function<T, UUID> id, Function<T, String> name) {
        return things.stream().collect(Collectors.toMap(id, name));
    }

    /// The name of the model that each token is about to move to.
    public Map<UUID, String> ofMoves(Collection<Token> tokens) {
        return ofModels(tokens.stream()
                .map(token -> token.pendingReassignment() == null ? null : token.pendingReassignment().modelId())
                .toList());
    }

    private Map<UUID, String> of(Collection<@Nullable UUID> ids, Function<List<UUID>, Map<UUID, String>> ask) {
        if (remembered.size() + ids.size() > MOST) {
            remembered.clear();
        }
        Instant now = clock.instant();
        List<UUID> unknown = ids.stream()
                .filter(Objects::nonNull)
                .distinct()
                .filter(id -> !isKnown(id, now))
                .toList();
        if (!unknown.isEmpty()) {
            Map<UUID, String> learned = ask.apply(unknown);
            unknown.forEach(id -> remembered.put(id, new Remembered(learned.get(id), now.plus(REMEMBERED))));
        }
        Map<UUID, String> names = new HashMap<>();
        for (UUID id : ids) {
            Remembered found = id == null ? null : remembered.get(id);
            if (found != null && found.text() != null) {
                names.put(id, found.text());
            }
        }
        return names;
    }

    private boolean isKnown(UUID id, Instant now) {
        Remembered found = remembered.get(id);
        return found != null && found.until().isAfter(now);
    }
}
