package dev.keyswitch.keygen.internal.random;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// SEAL's default generator: buffer c of 4096 bytes is BLAKE2Xb with the seed as key and the counter c as message
/// (J.-P. Aumasson et al., "BLAKE2X", 2016).
public final class Blake2xbStream extends BufferedStream {
    public static final int SEED = 64;

    private static final int BUFFER = 4096;
    private static final int NODE = 64;
    private static final int SEED_WORDS = SEED / Long.BYTES;
    private static final long OUTPUT_LENGTH = (long) BUFFER << 32;
    /// Digest 64, key 64, fanout 1, depth 1.
    private static final long ROOT = 0x01014040L;
    /// Digest 64, no key, no fanout; leaf length 64; inner length 64.
    private static final long LEAF = NODE | (long) NODE << 32;
    private static final long INNER_LENGTH = (long) NODE << 8;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] afterKey = Blake2b.initialState(ROOT, OUTPUT_LENGTH, 0);
    private final long[] leaf = Blake2b.initialState(LEAF, OUTPUT_LENGTH, INNER_LENGTH);
    private final long[] state = new long[Blake2b.STATE_WORDS];
    private final long[] message = new long[Blake2b.BLOCK_WORDS];
    private final long[] schedule = new long[Blake2b.SCHEDULE_WORDS];
    private long counter;

    /// @param seed 64 bytes
    public Blake2xbStream(byte[] seed) {
        super(BUFFER);
        if (seed.length != SEED) {
            throw new IllegalArgumentException("a seed has 64 bytes");
        }
        for (int i = 0; i < SEED_WORDS; i++) {
            message[i] = (long) WORDS.get(seed, Long.BYTES * i);
        }
        Blake2b.schedule(message, schedule);
        Blake2b.compress(afterKey, schedule, Blake2b.BLOCK, 0);
    }

    @Override
    void next(byte[] block) {
        root();
        // All 64 nodes take in the same block, the root; they differ only in their number.
        for (int node = 0; node < BUFFER / NODE; node++) {
            System.arraycopy(leaf, 0, state, 0, state.length);
            state[1] ^= node;
            Blake2b.compress(state, schedule, NODE, Blake2b.FINAL);
            for (int i = 0; i < state.length; i++) {
                WORDS.set(block, node * NODE + i * Long.BYTES, state[i]);
            }
        }
    }

    /// Leaves the root of the present buffer in the schedule, and moves on to the next buffer.
    private void root() {
        System.arraycopy(afterKey, 0, state, 0, state.length);
        Arrays.fill(message, 0);
        message[0] = counter++;
        Blake2b.schedule(message, schedule);
        Blake2b.compress(state, schedule, Blake2b.BLOCK + Long.BYTES, Blake2b.FINAL);
        System.arraycopy(state, 0, message, 0, state.length);
        Blake2b.schedule(message, schedule);
    }

    @Override
    public void close() {
        super.close();
        Arrays.fill(afterKey, 0);
        Arrays.fill(state, 0);
        Arrays.fill(message, 0);
        Arrays.fill(schedule, 0);
    }
}
