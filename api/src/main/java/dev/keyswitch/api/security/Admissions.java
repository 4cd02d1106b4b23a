package dev.keyswitch.api.security;

import dev.keyswitch.api.AfterCommit;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Which credentials are let in. One that was, a moment ago, is not looked up again: a model server asks a thousand times a second. So a
/// revocation on another node holds here after [#KEPT] at the latest; one on this node with the next request. Only who was let in is
/// remembered, so there are never more of them than credentials. Safe for use by many threads.
@Singleton
public final class Admissions {

    static final Duration KEPT = Duration.ofMillis(100);
    /// Beyond so many, those whose time is over are forgotten.
    private static final int MANY = 1_000;

    private final Map<ByteBuffer, Recent> recent = new ConcurrentHashMap<>();
    private final AtomicLong revocations = new AtomicLong();
    private final CredentialRepository repository;
    private final AfterCommit afterCommit;
    private final Clock clock;

    Admissions(CredentialRepository repository, AfterCommit afterCommit, Clock clock) {
        this.repository = repository;
        this.afterCommit = afterCommit;
        this.clock = clock;
    }

    /// @param revocations that were known before it was looked up: it may have been read before the next one
    private record Recent(AdmittedCredential credential, long since, long revocations) {

        boolean holds(long now, long revocationsNow) {
            return now - since < KEPT.toNanos() && revocations == revocationsNow;
        }
    }

    /// The credential if it was let in a moment ago. Waits for nothing.
    ///
    /// @param hash of a credential's value
    Optional<AdmittedCredential> recent(byte[] hash) {
        long now = System.nanoTime();
        return Optional.ofNullable(recent.get(ByteBuffer.wrap(hash)))
                .filter(known -> known.holds(now, revocations.get()))
                .map(Recent::credential);
    }

    /// Looks it up.
    ///
    /// @param hash of a credential's value
    Optional<AdmittedCredential> find(byte[] hash) {
        ByteBuffer key = ByteBuffer.wrap(hash);
        long now = System.nanoTime();
        long before = revocations.get();
        Optional<AdmittedCredential> credential = repository.findAdmitted(hash);
        if (credential.isEmpty()) {
            recent.remove(key);
            return credential;
        }
        if (recent.size() > MANY) {
            recent.values().removeIf(one -> !one.holds(now, before));
        }
        recent.put(key, new Recent(credential.get(), now, before));
        noteUse(credential.get());
        return credential;
    }

    private void noteUse(AdmittedCredential credential) {
        Instant now = clock.instant();
        Instant before = now.minus(Duration.ofMinutes(1));
        if (credential.lastUsedAt() == null || credential.lastUsedAt().isBefore(before)) {
            repository.used(credential.id(), now, before);
        }
    }

    /// Somebody who was let in must not be any more, once the present transaction is committed.
    public void forgetAfterCommit() {
        afterCommit.run(revocations::incrementAndGet);
    }
}
