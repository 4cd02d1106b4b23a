package dev.keyswitch.console.session;

import dev.keyswitch.console.ConsoleConfiguration;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Everybody who is signed in here. In memory only: after a restart of the console people sign in again.
///
/// Ids are random and known to the browser; the map holds their digests, so that a heap dump opens no session.
@Singleton
public final class Sessions {

    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int MOST = 2_000;
    private static final Set<Role> PEOPLE = Set.of(Role.OWNER, Role.OPERATOR, Role.VIEWER);

    private final ConsoleConfiguration configuration;
    private final SecureRandom random;
    private final Clock clock;
    private final Map<String, Session> byDigest = new ConcurrentHashMap<>();

    Sessions(ConsoleConfiguration configuration, SecureRandom random, Clock clock) {
        this.configuration = configuration;
        this.random = random;
        this.clock = clock;
    }

    /// Signs in.
    ///
    /// @return the id for the cookie, or nothing if the credential is not one of a person of an account; never why
    /// @throws dev.keyswitch.sdk.KeyswitchException if the API could not decide
    public Optional<String> signIn(String credential) {
        KeyswitchClient client;
        try {
            client = KeyswitchClient.builder()
                    .url(configuration.apiUrl())
                    .credential(credential)
                    .timeout(Duration.ofSeconds(15))
                    .maxRetries(2)
                    .build();
        } catch (IllegalArgumentException notACredential) {
            return Optional.empty();
        }
        boolean keep = false;
        try {
            Whoami whoami = client.whoami();
            keep = PEOPLE.contains(whoami.role());
            return keep ? Optional.of(begin(client, whoami)) : Optional.empty();
        } catch (ProblemException e) {
            if (e.is(ProblemCode.UNAUTHENTICATED) || e.is(ProblemCode.FORBIDDEN)) {
                return Optional.empty();
            }
            throw e;
        } finally {
            if (!keep) {
                client.close();
            }
        }
    }

    private String begin(KeyswitchClient client, Whoami whoami) {
        dropEnded();
        if (byDigest.size() >= MOST) {
            dropLongestIdle();
        }
        String id = Secrets.random(random);
        byDigest.put(digest(id), new Session(client, new Names(client, clock), whoami, Secrets.random(random), clock.instant()));
        return id;
    }

    /// The session with this id, unless it has ended.
    Optional<Session> find(String id) {
        String digest = digest(id);
        Session session = byDigest.get(digest);
        if (session == null) {
            return Optional.empty();
        }
        if (session.isClosed() || hasEnded(session)) {
            end(digest);
            return Optional.empty();
        }
        return Optional.of(session);
    }

    /// Marks that its person was there.
    void touch(Session session) {
        session.touch(clock.instant());
    }

    /// Ends a session. Calls in flight fail.
    public void signOut(Session session) {
        byDigest.values().remove(session);
        session.close();
    }

    private boolean hasEnded(Session session) {
        Instant now = clock.instant();
        return session.lastSeen().plus(configuration.idleTimeout()).isBefore(now)
                || session.begun().plus(LONGEST).isBefore(now);
    }

    /// Pages that are still open learn of the end of their session even if nobody touches them.
    @Scheduled(fixedDelay = "30s")
    void dropEnded() {
        byDigest.forEach((digest, session) -> {
            if (session.isClosed() || hasEnded(session)) {
                end(digest);
            }
        });
    }

    private void dropLongestIdle() {
        byDigest.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().lastSeen()))
                .ifPresent(entry -> end(entry.getKey()));
    }

    private void end(String digest) {
        Session session = byDigest.remove(digest);
        if (session != null) {
            session.close();
        }
    }

    private static String digest(String id) {
        return Secrets.sha256Hex(id.getBytes(StandardCharsets.UTF_8));
    }

    @PreDestroy
    void endAll() {
        Set.copyOf(byDigest.keySet()).forEach(this::end);
    }
}
