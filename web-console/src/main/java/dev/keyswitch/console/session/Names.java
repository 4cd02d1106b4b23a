package dev.keyswitch.console.session;

import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Names of tokens and models by their ids: lists of evaluation keys and of changes have ids only. Asked for as pages need
/// them, several at a time, and remembered for a short while. Thread-safe.
public final class Names {

    private static final Duration REMEMBERED = Duration.ofSeconds(20);
    private static final int MOST = 5_000;
    private static final int AT_A_TIME = 8;

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
        return of(ids, id -> client.tokens().get(id).name());
    }

    /// Names by id; deleted models are missing.
    public Map<UUID, String> ofModels(Collection<@Nullable UUID> ids) {
        return of(ids, id -> client.models().get(id).name());
    }

    /// The name of the model that each token is about to move to.
    public Map<UUID, String> ofMoves(Collection<Token> tokens) {
        return ofModels(tokens.stream()
                .map(token -> token.pendingReassignment() == null ? null : token.pendingReassignment().modelId())
                .toList());
    }

    private Map<UUID, String> of(Collection<@Nullable UUID> ids, Function<UUID, String> ask) {
        Instant now = clock.instant();
        List<UUID> unknown = ids.stream()
                .filter(Objects::nonNull)
                .distinct()
                .filter(id -> !isKnown(id, now))
                .toList();
        if (!unknown.isEmpty()) {
            learn(unknown, ask, now.plus(REMEMBERED));
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

    private void learn(List<UUID> ids, Function<UUID, String> ask, Instant until) {
        if (remembered.size() + ids.size() > MOST) {
            remembered.clear();
        }
        Semaphore turns = new Semaphore(AT_A_TIME);
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = ids.stream()
                    .<Future<?>>map(id -> askers.submit(() -> {
                        turns.acquire();
                        try {
                            remembered.put(id, new Remembered(orNull(id, ask), until));
                        } finally {
                            turns.release();
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : asked) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new CompletionException(e.getCause());
        }
    }

    private static @Nullable String orNull(UUID id, Function<UUID, String> ask) {
        try {
            return ask.apply(id);
        } catch (ProblemException e) {
            if (e.is(ProblemCode.NOT_FOUND)) {
                return null;
            }
            throw e;
        }
    }
}
