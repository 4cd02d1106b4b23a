package dev.keyswitch.api.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Where events stand among those of their account, during one term of one relay. A later term's positions are all higher, so
/// nothing need be written down before an event goes out, and no number is given to two events, whatever a crash forgets.
///
/// Counted per account: what one account sees tells nothing of how busy the others are. For one thread.
final class Positions {

    static final long PER_TERM = 1_000_000_000L;

    private final long first;
    private final Map<UUID, Long> last = new HashMap<>();

    /// @param term from 1
    Positions(long term) {
        if (term < 1 || term > Long.MAX_VALUE / PER_TERM - 1) {
            throw new IllegalArgumentException("a relay's term must be from 1, not " + term);
        }
        this.first = term * PER_TERM;
    }

    long next(UUID account) {
        long next = last.merge(account, first, (before, _) -> before + 1);
        if (next >= first + PER_TERM) {
            throw new IllegalStateException("this term has given a thousand million positions; a new one must begin");
        }
        return next;
    }
}
