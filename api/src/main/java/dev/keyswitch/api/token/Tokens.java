package dev.keyswitch.api.token;

import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.account.Accounts;
import dev.keyswitch.api.assignment.Assignments;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.holder.HolderRepository;
import dev.keyswitch.api.http.Fields;
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

/// Creates, reads and deletes tokens.
@Singleton
public class Tokens {

    private static final int MAX_NOTE = 2000;
    private static final int DEFAULT_DAYS = 30;
    private static final int MAX_DAYS = 365;

    private final TokenRepository repository;
    private final TokenAnswers answers;
    private final Assignments assignments;
    private final HolderRepository holders;
    private final Accounts accounts;
    private final ShownOnceValues values;
    private final Outbox outbox;
    private final Audit audit;
    private final IdSource ids;
    private final Clock clock;

    Tokens(
            TokenRepository repository,
            TokenAnswers answers,
            Assignments assignments,
            HolderRepository holders,
            Accounts accounts,
            ShownOnceValues values,
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
        this.outbox = outbox;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// With `modelId` the token is assigned in the same transaction, so it is there with its assignment or not at all.
    @Transactional
    Token create(Caller caller, CreateToken wanted) {
        Instant now = clock.instant();
        ShownOnceValue value = values.next(ShownOnceValue.TOKEN_PREFIX);
        TokenRow row = new TokenRow(
                new TokenId(ids.next()),
                caller.account(),
                Fields.name("/name", wanted.name()),
                Fields.text("/note", wanted.note(), MAX_NOTE),
                TokenStatus.ACTIVE,
                Objects.requireNonNullElse(wanted.custody(), Custody.AGENT),
                holder(caller, wanted),
                null,
                0,
                null,
                null,
                null,
                null,
                ShownOnceValues.hash(value.reveal()),
                value.hint(),
                now,
                expiry(wanted, now),
                TokenRow.ExpiryTold.NOTHING,
                null,
                0,
                null);
        repository.save(row);
        outbox.append(row.accountId(), EventType.TOKEN_CREATED, row.uuid(), row.changed(null, caller.name()), caller.actor());
        audit.append(AuditEntry.token(row.accountId(), caller.actor(), "token.created", row.id(), null)
                .after(facts(row)));
        TokenRow created = wanted.modelId() == null ? row : assignments.assign(row, new ModelId(wanted.modelId()), caller.actor());
        return answers.of(created, value.reveal());
    }

    private HolderId holder(Caller caller, CreateToken wanted) {
        if (wanted.holderId() == null) {
            return accounts.row(caller.account()).defaultHolderId();
        }
        return holders.findByIdAndAccountId(new HolderId(wanted.holderId()), caller.account())
                .orElseThrow(() -> ProblemException.notFound("key holder").withError("/holderId", "there is no such key holder"))
                .id();
    }

    private static Instant expiry(CreateToken wanted, Instant now) {
        Instant latest = now.plus(Duration.ofDays(MAX_DAYS));
        if (wanted.expiresAt() != null) {
            if (wanted.expiresInDays() != null) {
                throw ProblemException.invalid("/expiresAt", "must not be given together with expiresInDays");
            }
            Instant expiresAt = Fields.future("/expiresAt", wanted.expiresAt(), now);
            if (expiresAt.isAfter(latest)) {
                throw ProblemException.invalid("/expiresAt", "must lie at most " + MAX_DAYS + " days ahead");
            }
            return expiresAt;
        }
        int days = Objects.requireNonNullElse(wanted.expiresInDays(), DEFAULT_DAYS);
        if (days < 1 || days > MAX_DAYS) {
            throw ProblemException.invalid("/expiresInDays", "must be 1 to " + MAX_DAYS);
        }
        return now.plus(Duration.ofDays(days));
    }

    @Transactional(readOnly = true)
    Token get(Caller caller, TokenId id) {
        return answers.of(find(caller, id));
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
    void delete(Caller caller, TokenId id) {
        TokenRow row = repository.lock(id, caller.account()).orElseThrow(() -> ProblemException.notFound("token"));
        TokenRow last = assignments.endForDeletion(row, caller.actor());
        repository.delete(id, clock.instant());
        outbox.append(
                row.accountId(), EventType.TOKEN_DELETED, row.uuid(), last.changed(row.modelId(), caller.name()), caller.actor());
        audit.append(AuditEntry.token(row.accountId(), caller.actor(), "token.deleted", id, row.modelId())
                .before(facts(row)));
    }

    private static Map<String, Object> facts(TokenRow row) {
        return Map.of(
                "name", row.name(),
                "status", row.status(),
                "custody", row.custody(),
                "holderId", row.holderId().value(),
                "expiresAt", row.expiresAt());
    }
}
