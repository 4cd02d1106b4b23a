package dev.keyswitch.keygen.internal.kernel;

import java.util.Arrays;

/// Room for one row, in which a transform works. It holds noise, so it is cleared when closed. One for each thread.
public final class Workspace implements AutoCloseable {
    private final long[] words;
    private final double[] reals;

    public Workspace(int degree) {
        words = new long[degree];
        reals = new double[degree];
    }

    long[] words() {
        return words;
    }

    double[] reals() {
        return reals;
    }

    @Override
    public void close() {
        Arrays.fill(words, 0);
        Arrays.fill(reals, 0);
    }
}
