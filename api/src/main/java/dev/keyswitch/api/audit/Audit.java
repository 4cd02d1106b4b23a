package dev.keyswitch.api.audit;

import jakarta.inject.Singleton;
import java.time.Clock;

/// The audit trail. Whoever changes something appends here in the same transaction.
@Singleton
public final class Audit {

    private final AuditRepository repository;
    private final Clock clock;

    Audit(AuditRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    public void append(AuditEntry entry) {
        repository.save(new AuditRow(
                null,
                entry.account(),
                clock.instant(),
                entry.by().credentialId(),
                entry.by().name(),
                entry.action(),
                entry.token(),
                entry.model(),
                entry.by().requestId(),
                entry.before(),
                entry.after()));
    }
}
