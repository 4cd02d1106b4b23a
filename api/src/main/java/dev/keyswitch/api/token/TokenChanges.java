package dev.keyswitch.api.token;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.assignment.Assignments;
import dev.keyswitch.api.assignment.Moves;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.holder.Holders;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.token.TokenRow.Words;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/// Changes tokens: what is said about them, their status, their key holder, and the model of one that has none. All that one
/// request asks for happens, or nothing of it.
@Singleton
public class TokenChanges {

    static final int MAX_NOTE = 2000;

    private final TokenRepository repository;
    private final TokenAnswers answers;
    private final Assignments assignments;
    private final Moves moves;
    private final EvaluationKeyRequests evaluationKeys;
    private final Holders holders;
    private final Models models;
    private final TokenTimes times;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    TokenChanges(
            TokenRepository repository,
            TokenAnswers answers,
            Assignments assignments,
            Moves moves,
            EvaluationKeyRequests evaluationKeys,
            Holders holders,
            Models models,
            TokenTimes times,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.answers = answers;
        this.assignments = assignments;
        this.moves = moves;
        this.evaluationKeys = evaluationKeys;
        this.holders = holders;
        this.models = models;
        this.times = times;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Versioned<Token> change(Caller caller, TokenId id, ChangeToken wanted, IfMatch condition) {
        TokenRow before = repository.lock(id, caller.account()).orElseThrow(() -> ProblemException.notFound("token"));
        condition.require(before.version());
        TokenRow row = say(before, words(before, wanted), caller.actor());
        row = keysAfter(before, row, caller.actor());
        if (wanted.modelId() != null) {
            row = assign(row, new ModelId(wanted.modelId()), caller.actor());
        }
        return answers.versioned(row);
    }

    private Words words(TokenRow row, ChangeToken wanted) {
        Instant now = clock.instant();
        Instant expiresAt = wanted.expiresAt() == null || wanted.expiresAt().equals(row.expiresAt())
                ? row.expiresAt()
                : TokenTimes.checked(wanted.expiresAt(), now);
        return new Words(
                wanted.name() == null ? row.name() : Fields.name("/name", wanted.name()),
                wanted.note() == null ? row.note() : Fields.text("/note", wanted.note(), MAX_NOTE),
                wanted.status() == null ? row.status() : status(row, wanted.status()),
                Objects.requireNonNullElse(wanted.custody(), row.custody()),
                wanted.holderId() == null ? row.holderId() : holders.require(row.accountId(), "/holderId", wanted.holderId()),
                expiresAt,
                expiresAt.equals(row.expiresAt()) ? row.expiryTold() : times.told(now, expiresAt));
    }

    private static TokenStatus status(TokenRow row, TokenStatus wanted) {
        if (row.status() == TokenStatus.CANCELED && wanted == TokenStatus.SUSPENDED) {
            throw new ProblemException(
                            ProblemCode.CONFLICT, "The token " + row.name() + " is canceled; it can only be reinstated (ACTIVE).")
                    .withError("/status", "must be ACTIVE");
        }
        return wanted;
    }

    private TokenRow say(TokenRow before, Words words, Actor by) {
        if (words.equals(before.words())) {
            return before;
        }
        TokenRow now = before.saying(words);
        repository.say(now);
        if (now.status() != before.status()) {
            tell(EventType.TOKEN_STATUS_CHANGED, now, by);
        }
        if (saysMoreThanStatus(before, now)) {
            tell(EventType.TOKEN_UPDATED, now, by);
        }
        audit.append(AuditEntry.token(now.accountId(), by, "token.changed", now.id(), now.modelId())
                .before(Tokens.facts(before))
                .after(Tokens.facts(now)));
        return now;
    }

    private static boolean saysMoreThanStatus(TokenRow before, TokenRow now) {
        Words then = before.words();
        Words words = now.words();
        return !words.equals(new Words(
                then.name(), then.note(), words.status(), then.custody(), then.holder(), then.expiresAt(), then.expiryTold()));
    }

    private void tell(EventType type, TokenRow now, Actor by) {
        outbox.append(now.accountId(), type, now.uuid(), now.changed(null, by.name()), by);
    }

    /// Canceling revokes the keys; reinstating, and another holder, ask for new ones.
    private TokenRow keysAfter(TokenRow before, TokenRow now, Actor by) {
        if (now.modelId() == null) {
            return now;
        }
        if (now.status() == TokenStatus.CANCELED) {
            return before.status() == TokenStatus.CANCELED ? now : assignments.withdrawKeys(now, by);
        }
        if (before.status() == TokenStatus.CANCELED) {
            return assignments.renewKey(now, KeyCause.REINSTATED, by);
        }
        if (!before.holderId().equals(now.holderId())) {
            return moves.renewKey(
                    assignments.renewKey(now, KeyCause.HOLDER_CHANGED, by), KeyCause.HOLDER_CHANGED, by);
        }
        if (before.custody() != now.custody()) {
            evaluationKeys.giveInto(now.custody(), now.accountId(), now.id(), by);
        }
        return now;
    }

    private TokenRow assign(TokenRow row, ModelId wanted, Actor by) {
        if (row.modelId() == null) {
            return assignments.assign(row, wanted, by);
        }
        if (row.modelId().equals(wanted)) {
            return row;
        }
        models.hold(row.accountId(), wanted);
        String present = models.name(row.accountId(), row.modelId());
        throw new ProblemException(
                        ProblemCode.TOKEN_ALREADY_ASSIGNED,
                        "The token " + row.name() + " is assigned to the model " + present
                                + ". Its assignment is moved with PUT /v1/tokens/{id}/assignment and reassign: true.")
                .withError("/modelId", "can only be given to an unassigned token")
                .withFact("currentModelId", row.modelId().value())
                .withFact("currentModelName", present);
    }
}
