package dev.keyswitch.keygen.internal.ring;

import static dev.keyswitch.keygen.internal.arithmetic.Modulus.multiplyLazily;
import static dev.keyswitch.keygen.internal.arithmetic.Modulus.subtractIfAtLeast;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;

/// The reference: plain Java on 64-bit words. Transforms take two layers at a time with Harvey's lazy butterflies, whose values stay
/// below 4q; moduli below 2^60 leave the room.
public final class ScalarKernel implements RingKernel {

    @Override
    public void forward(long[] row, NttTable table) {
        int layers = Integer.numberOfTrailingZeros(row.length);
        int blocks = 1;
        if ((layers & 1) == 1) {
            forwardTwo(row, table);
            blocks = 2;
        }
        for (; blocks <= row.length >> 4; blocks <<= 2) {
            for (int block = 0; block < blocks; block++) {
                forwardFour(row, blocks, block, table);
            }
        }
        if (blocks < row.length) {
            forwardLast(row, table);
        }
    }

    @Override
    public void inverse(long[] row, NttTable table) {
        long modulus = table.modulus().value();
        NttTable.Powers powers = table.inverse();
        for (int blocks = row.length >> 1; blocks > 0; blocks >>= 1) {
            int gap = row.length / (2 * blocks);
            for (int block = 0; block < blocks; block++) {
                inverseTwo(row, 2 * gap * block, gap, powers.values()[blocks + block], powers.companions()[blocks + block], modulus);
            }
        }
        scale(row, table.modulus().inverse(row.length % modulus), table.modulus());
        reduce(row, table.modulus());
    }

    @Override
    public void lift(byte[] coefficients, long[] row, Modulus modulus) {
        long q = modulus.value();
        for (int i = 0; i < row.length; i++) {
            long value = coefficients[i];
            row[i] = value + (q & (value >> 63));
        }
    }

    @Override
    public void scale(long[] row, long factor, Modulus modulus) {
        long companion = modulus.companion(factor);
        for (int i = 0; i < row.length; i++) {
            row[i] = multiplyLazily(row[i], factor, companion, modulus.value());
        }
    }

    @Override
    public void reduce(long[] row, Modulus modulus) {
        long q = modulus.value();
        for (int i = 0; i < row.length; i++) {
            row[i] = subtractIfAtLeast(subtractIfAtLeast(row[i], 2 * q), q);
        }
    }

    @Override
    public void hide(long[] noise, long[] a, long[] secret, long[] companions, Modulus modulus) {
        long q = modulus.value();
        for (int i = 0; i < noise.length; i++) {
            long sum = multiplyLazily(a[i], secret[i], companions[i], q) + noise[i];
            long negated = 6 * q - sum;
            noise[i] = subtractIfAtLeast(subtractIfAtLeast(subtractIfAtLeast(negated, 4 * q), 2 * q), q);
        }
    }

    @Override
    public void open(long[] c0, long[] a, long[] secret, long[] companions, Modulus modulus) {
        long q = modulus.value();
        for (int i = 0; i < c0.length; i++) {
            long sum = multiplyLazily(a[i], secret[i], companions[i], q) + c0[i];
            c0[i] = subtractIfAtLeast(subtractIfAtLeast(sum, 2 * q), q);
        }
    }

    /// The first layer by itself, for degrees whose logarithm is odd.
    private static void forwardTwo(long[] row, NttTable table) {
        long q = table.modulus().value();
        long w = table.forward().values()[1];
        long companion = table.forward().companions()[1];
        int half = row.length >> 1;
        for (int i = 0; i < half; i++) {
            long u = subtractIfAtLeast(row[i], 2 * q);
            long v = multiplyLazily(row[i + half], w, companion, q);
            row[i] = u + v;
            row[i + half] = u - v + 2 * q;
        }
    }

    /// Two layers of one block of four quarters, none shorter than four.
    private static void forwardFour(long[] row, int blocks, int block, NttTable table) {
        long q = table.modulus().value();
        long twoQ = 2 * q;
        long[] values = table.forward().values();
        long[] companions = table.forward().companions();
        int outer = blocks + block;
        int inner = 2 * outer;
        long w1 = values[outer], w1c = companions[outer];
        long w2 = values[inner], w2c = companions[inner];
        long w3 = values[inner + 1], w3c = companions[inner + 1];
        int quarter = row.length / (4 * blocks);
        int start = 4 * quarter * block;
        int end = start + quarter;
        for (int i = start; i < end; i++) {
            long x0 = subtractIfAtLeast(row[i], twoQ);
            long x1 = subtractIfAtLeast(row[i + quarter], twoQ);
            long t2 = multiplyLazily(row[i + 2 * quarter], w1, w1c, q);
            long t3 = multiplyLazily(row[i + 3 * quarter], w1, w1c, q);
            long y0 = subtractIfAtLeast(x0 + t2, twoQ);
            long y2 = subtractIfAtLeast(x0 - t2 + twoQ, twoQ);
            long t1 = multiplyLazily(x1 + t3, w2, w2c, q);
            long u3 = multiplyLazily(x1 - t3 + twoQ, w3, w3c, q);
            row[i] = y0 + t1;
            row[i + quarter] = y0 - t1 + twoQ;
            row[i + 2 * quarter] = y2 + u3;
            row[i + 3 * quarter] = y2 - u3 + twoQ;
        }
    }

    /// The last two layers: neighbours in fours, other powers for each four.
    private static void forwardLast(long[] row, NttTable table) {
        long q = table.modulus().value();
        long twoQ = 2 * q;
        long[] values = table.forward().values();
        long[] companions = table.forward().companions();
        int blocks = row.length >> 2;
        for (int block = 0; block < blocks; block++) {
            int i = 4 * block;
            int outer = blocks + block;
            int inner = 2 * outer;
            long w1 = values[outer], w1c = companions[outer];
            long x0 = subtractIfAtLeast(row[i], twoQ);
            long x1 = subtractIfAtLeast(row[i + 1], twoQ);
            long t2 = multiplyLazily(row[i + 2], w1, w1c, q);
            long t3 = multiplyLazily(row[i + 3], w1, w1c, q);
            long y0 = subtractIfAtLeast(x0 + t2, twoQ);
            long y2 = subtractIfAtLeast(x0 - t2 + twoQ, twoQ);
            long t1 = multiplyLazily(x1 + t3, values[inner], companions[inner], q);
            long u3 = multiplyLazily(x1 - t3 + twoQ, values[inner + 1], companions[inner + 1], q);
            row[i] = y0 + t1;
            row[i + 1] = y0 - t1 + twoQ;
            row[i + 2] = y2 + u3;
            row[i + 3] = y2 - u3 + twoQ;
        }
    }

    /// One block of one layer backwards; values stay below 2q.
    private static void inverseTwo(long[] row, int start, int gap, long w, long companion, long q) {
        for (int i = start; i < start + gap; i++) {
            long u = row[i];
            long v = row[i + gap];
            row[i] = subtractIfAtLeast(u + v, 2 * q);
            row[i + gap] = multiplyLazily(u - v + 2 * q, w, companion, q);
        }
    }
}
