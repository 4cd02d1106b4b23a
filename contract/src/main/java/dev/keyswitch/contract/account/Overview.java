package dev.keyswitch.contract.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What there is in an account, in numbers. Each is counted up to [#MOST], which then means "so many or more".
public record Overview(Models models, Tokens tokens, Keys evaluationKeys) {

    /// Where counting ends.
    public static final long MOST = 10_000;

    public record Models(long active, long inactive) {}

    /// @param total all but deleted ones
    /// @param unassigned those that can be assigned
    /// @param expired whose time is over, whatever their status
    /// @param expiringIn7Days whose time is over in 7 days or less, and not yet
    public record Tokens(
            long total, long unassigned, long suspended, long canceled, long expired, long expiringIn7Days) {}

    /// @param waiting for a worker, or for the key holder
    /// @param readyInLastHour that became READY in the last 60 minutes, whatever their state by now
    /// @param waitingSince when the one was asked for that has waited longest for a worker; null if none waits for one
    public record Keys(
            long waiting, long generating, long failed, long readyInLastHour, @Nullable Instant waitingSince) {}
}
