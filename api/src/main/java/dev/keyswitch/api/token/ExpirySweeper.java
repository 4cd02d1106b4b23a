package dev.keyswitch.api.token;

import dev.keyswitch.api.chore.Chore;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.token.TokenRow.ExpiryTold;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.token.TokenStatus;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Says of tokens that their end comes near, and that it is over; each once. Whether a token is expired does not depend on
/// this: that is asked of the clock with every question. Safe on any number of nodes.
@Singleton
class ExpirySweeper implements Chore {

    private static final int BATCH = 100;

    private final TokenRepository repository;
    private final Outbox outbox;
    private final TokenTimes times;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    ExpirySweeper(
            TokenRepository repository,
            Outbox outbox,
            TokenTimes times,
            TransactionOperations<Connection> transactions,
            Clock clock) {
        this.repository = repository;
        this.outbox = outbox;
        this.times = times;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String description() {
        return "tokens were said to expire or to have expired";
    }

    @Override
    public Duration every() {
        return times.sweepEvery();
    }

    @Override
    public int step() {
        return transactions.executeWrite(status -> {
            Instant now = clock.instant();
            return tell(repository.lockExpired(now, BATCH), ExpiryTold.EXPIRED)
                    + tell(repository.lockExpiring(now.plus(times.expiringBefore()), BATCH), ExpiryTold.EXPIRING);
        });
    }

    private int tell(List<TokenRow> tokens, ExpiryTold what) {
        EventType event = what == ExpiryTold.EXPIRED ? EventType.TOKEN_EXPIRED : EventType.TOKEN_EXPIRING;
        for (TokenRow token : tokens) {
            repository.told(token.id(), what.name());
            if (token.status() != TokenStatus.CANCELED) {
                outbox.append(token.accountId(), event, token.uuid(), token.changed(null, "system"), Actor.system());
            }
        }
        return tokens.size();
    }
}
