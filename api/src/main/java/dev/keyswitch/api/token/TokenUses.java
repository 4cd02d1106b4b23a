package dev.keyswitch.api.token;

import dev.keyswitch.api.Id;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.chore.Chore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// When tokens were used last, to the minute. Written once a second for all of them together, so that no question waits for the disk. What a crash
/// forgets is a second of uses.
@Singleton
public final class TokenUses implements Chore {

    private static final Duration WRITTEN_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final int BATCH = 1000;

    private final Set<TokenId> unwritten = ConcurrentHashMap.newKeySet();
    private final TokenUseRepository repository;
    private final Clock clock;

    TokenUses(TokenUseRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /// @param last what is written down so far
    public void used(TokenId token, @Nullable Instant last, Instant now) {
        if (last == null || last.isBefore(now.minus(WRITTEN_AGAIN_AFTER))) {
            unwritten.add(token);
        }
    }

    /// Without those that were never used.
    Map<TokenId, Instant> of(Collection<TokenId> tokens) {
        return tokens.isEmpty()
                ? Map.of()
                : repository.of(Id.array(tokens)).stream()
                        .collect(Collectors.toMap(TokenUseRepository.TokenUse::tokenId, TokenUseRepository.TokenUse::usedAt));
    }

    @Override
    public String description() {
        return "uses of tokens were written down";
    }

    @Override
    public Level level() {
        return Level.DEBUG;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    /// What cannot be written now is forgotten: the next use is noticed again.
    @Override
    public int step() {
        Set<TokenId> some = new HashSet<>();
        for (var all = unwritten.iterator(); all.hasNext() && some.size() < BATCH; ) {
            some.add(all.next());
            all.remove();
        }
        return some.isEmpty() ? 0 : repository.write(Id.array(some), clock.instant());
    }
}
