package dev.keyswitch.keygen.internal.ring;

/// Z_q[X]/(X^N+1) for q the product of the given primes.
public final class Ring {
    public Ring(int degree, long[] primes) {
        throw new UnsupportedOperationException("not written yet");
    }
}
