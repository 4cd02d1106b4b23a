package dev.keyswitch.api.ratelimit;

/// Calls that a credential has left: refilled steadily, up to a limit. Safe for use by many threads.
final class Bucket {

    private final double perSecond;
    private final int capacity;
    private double left;
    private long refilledAt;

    /// @param now in nanoseconds of any clock that does not go back
    Bucket(int perSecond, int capacity, long now) {
        this.perSecond = perSecond;
        this.capacity = capacity;
        this.left = capacity;
        this.refilledAt = now;
    }

    /// @param remaining calls after this one
    /// @param secondsUntilFull rounded up
    record State(boolean passes, long remaining, long secondsUntilFull) {}

    synchronized State take(long now) {
        refill(now);
        boolean passes = left >= 1;
        if (passes) {
            left--;
        }
        return new State(passes, (long) left, (long) Math.ceil((capacity - left) / perSecond));
    }

    synchronized boolean isFull(long now) {
        refill(now);
        return left >= capacity;
    }

    private void refill(long now) {
        left = Math.min(capacity, left + (now - refilledAt) / 1e9 * perSecond);
        refilledAt = now;
    }
}
