package dev.keyswitch.api.token;

import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.account.Accounts;
import dev.keyswitch.api.assignment.Assignments;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.holder.Holders;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.security.ShownOnceValues;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.ShownOnceValue;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates, reads and deletes tokens.
@Singleton
public class Tokens {

    private final TokenRepository repository;
    private final TokenAnswers answers;
    private final Assignments assignments;
    private final Holders holders;
    private final Accounts accounts;
    private final ShownOnceValues values;
    private final TokenTimes times;
    private final Outbox outbox;
    private final Audit audit;
    private final IdSource ids;
    private final Clock clock;

    Tokens(
            TokenRepository repository,
            TokenAnswers answers,
            Assignments assignments,
            Holders holders,
            Accounts accounts,
            ShownOnceValues values,
            TokenTimes times,
            Outbox outbox,
            Audit audit,
            IdSource ids,
            Clock clock) {
        this.repository = repository;
        this.answers = answers;
        this.assignments = assignments;
        this.holders = holders;
        this.accounts = accounts;
        this.values = values;
        this.times = times;
        this.outbox = outbox;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// With `modelId` the token is assigned in the same transaction, so it is there with its assignment or not at all.
    @Transactional
    public Versioned<Token> create(Caller caller, CreateToken wanted) {
        Instant now = clock.instant();
        Instant expiresAt = expiry(caller, wanted, now);
        ShownOnceValue value = values.next(ShownOnceValue.TOKEN_PREFIX);
        TokenRow row = new TokenRow(
                new TokenId(ids.next()),
                caller.account(),
                Fields.name("/name", wanted.name()),
                Fields.text("/note", wanted.note(), TokenChanges.MAX_NOTE),
                TokenStatus.ACTIVE,
                Objects.requireNonNullElse(wanted.custody(), Custody.AGENT),
                holder(caller, wanted.holderId()),
                null,
                0,
                null,
                null,
                null,
                null,
                ShownOnceValues.hash(value.reveal()),
                value.hint(),
                now,
                expiresAt,
                times.told(now, expiresAt),
                0,
                null);
        repository.save(row);
        outbox.append(row.accountId(), EventType.TOKEN_CREATED, row.uuid(), row.changed(null, caller.name()), caller.actor());
        audit.append(AuditEntry.token(row.accountId(), caller.actor(), "token.created", row.id(), null)
                .after(facts(row)));
        TokenRow created = wanted.modelId() == null ? row : assignments.assign(row, new ModelId(wanted.modelId()), caller.actor());
        return answers.versioned(created, value.reveal());
    }

    private HolderId holder(Caller caller, @Nullable UUID wanted) {
        return wanted == null
                ? accounts.row(caller.account()).defaultHolderId()
                : holders.require(caller.account(), "/holderId", wanted);
    }

    private Instant expiry(Caller caller, CreateToken wanted, Instant now) {
        if (wanted.expiresAt() != null) {
            if (wanted.expiresInDays() != null) {
                throw ProblemException.invalid("/expiresAt", "must not be given together with expiresInDays");
            }
            return TokenTimes.checked(wanted.expiresAt(), now);
        }
        int days = wanted.expiresInDays() == null
                ? accounts.row(caller.account()).tokenLifetimeDays()
                : wanted.expiresInDays();
        if (days < 1 || days > TokenTimes.MAX_DAYS) {
            throw ProblemException.invalid("/expiresInDays", "must be 1 to " + TokenTimes.MAX_DAYS);
        }
        return now.plus(Duration.ofDays(days));
    }

    @Transactional(readOnly = true)
    Versioned<Token> get(Caller caller, TokenId id) {
        return answers.versioned(find(caller, id));
    }

    /// An AGENT knows only the tokens of its own holder.
    TokenRow find(Caller caller, TokenId id) {
        return repository
                .find(id, caller.account())
                .filter(row -> caller.holderId() == null || caller.holderId().equals(row.holderId()))
                .orElseThrow(() -> ProblemException.notFound("token"));
    }

    /// Final: the assignment ended, the keys revoked, the value forgotten. The row stays for history and audit, invisible.
    @Transactional
    public void delete(Caller caller, TokenId id, IfMatch condition) {
        TokenRow row = repository.lock(id, caller.account()).orElseThrow(() -> ProblemException.notFound("token"));
        condition.require(row.version());
        TokenRow last = assignments.endForDeletion(row, caller.actor());
        repository.delete(id, clock.instant());
        outbox.append(
                row.accountId(), EventType.TOKEN_DELETED, row.uuid(), last.changed(row.modelId(), caller.name()), caller.actor());
        audit.append(AuditEntry.token(row.accountId(), caller.actor(), "token.deleted", id, row.modelId())
                .before(facts(row)));
    }

    static Map<String, Object> facts(TokenRow row) {
        return Map.of(
                "name", row.name(),
                "status", row.status(),
                "custody", row.custody(),
                "holderId", row.holderId().value(),
                "expiresAt", row.expiresAt());
    }
}
