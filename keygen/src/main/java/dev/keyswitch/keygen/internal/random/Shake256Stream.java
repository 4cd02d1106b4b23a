package dev.keyswitch.keygen.internal.random;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// SEAL's other generator: buffer c of 4096 bytes is SHAKE256 of the seed followed by the counter c (FIPS 202). We only ever read
/// keys that were made with it.
public final class Shake256Stream extends BufferedStream {
    private static final int BUFFER = 4096;
    private static final int RATE = 136;
    private static final long PADDING_START = 0x1FL;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] seed;
    private final long[] state = new long[Keccak.LANES];
    private long counter;

    /// @param seed 64 bytes
    public Shake256Stream(byte[] seed) {
        super(BUFFER / Long.BYTES);
        if (seed.length != Blake2xbStream.SEED) {
            throw new IllegalArgumentException("a seed has 64 bytes");
        }
        this.seed = seed.clone();
    }

    @Override
    void next(long[] target, int offset) {
        Arrays.fill(state, 0);
        int words = seed.length / Long.BYTES;
        for (int i = 0; i < words; i++) {
            state[i] = (long) WORDS.get(seed, Long.BYTES * i);
        }
        state[words] = counter++;
        state[words + 1] = PADDING_START;
        state[RATE / Long.BYTES - 1] = Long.MIN_VALUE;
        for (int done = 0; done < BUFFER; done += RATE) {
            Keccak.permute(state);
            System.arraycopy(state, 0, target, offset + done / Long.BYTES, Math.min(RATE, BUFFER - done) / Long.BYTES);
        }
    }

    @Override
    public void close() {
        super.close();
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(state, 0);
    }
}
