package dev.keyswitch.api.token;

import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.security.ShownOnceValues;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.RollToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.ShownOnceValue;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/// Gives a token another value on the same id. Assignment and evaluation key stay.
@Singleton
public class TokenRolls {

    private static final int MAX_GRACE_SECONDS = Math.toIntExact(Duration.ofDays(30).toSeconds());

    private final TokenRepository repository;
    private final TokenAnswers answers;
    private final ShownOnceValues values;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    TokenRolls(
            TokenRepository repository,
            TokenAnswers answers,
            ShownOnceValues values,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.answers = answers;
        this.values = values;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// At any time at most one value before the present one works: that of the latest roll, within its grace.
    @Transactional
    public Versioned<Token> roll(Caller caller, TokenId id, RollToken wanted, IfMatch condition) {
        int grace = Objects.requireNonNullElse(wanted.graceSeconds(), 0);
        if (grace < 0 || grace > MAX_GRACE_SECONDS) {
            throw ProblemException.invalid("/graceSeconds", "must be 0 to " + MAX_GRACE_SECONDS);
        }
        TokenRow before = repository.lock(id, caller.account()).orElseThrow(() -> ProblemException.notFound("token"));
        condition.require(before.version());
        Instant now = clock.instant();
        if (!before.isUsable(now)) {
            throw new ProblemException(
                    ProblemCode.TOKEN_NOT_USABLE, "The token " + before.name() + " is canceled or expired and cannot be rolled.");
        }
        ShownOnceValue value = values.next(ShownOnceValue.TOKEN_PREFIX);
        Instant until = grace == 0 ? null : now.plusSeconds(grace);
        repository.roll(id, ShownOnceValues.hash(value.reveal()), value.hint(), until);
        TokenRow rolled = repository.find(id, caller.account()).orElseThrow();
        outbox.append(
                rolled.accountId(), EventType.TOKEN_ROLLED, rolled.uuid(), rolled.changed(null, caller.name()), caller.actor());
        audit.append(AuditEntry.token(rolled.accountId(), caller.actor(), "token.rolled", id, rolled.modelId())
                .before(Map.of("valueHint", before.valueHint()))
                .after(Map.of("valueHint", rolled.valueHint(), "graceSeconds", grace)));
        return answers.versioned(rolled, value.reveal());
    }
}
