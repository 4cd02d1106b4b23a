package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// SEAL's default generator.
public final class Blake2xbStream extends BufferedStream {
    public static final int SEED = Blake2xb.SEED;

    private final GenerationKernel kernel;
    private final long[] chain = Blake2xb.rootState();
    private final long[] roots = new long[GenerationKernel.ROOTS * Blake2xb.ROOT_WORDS];
    private final long[] schedule = new long[Blake2b.SCHEDULE_WORDS];
    private long counter;

    public Blake2xbStream(byte[] seed) {
        this(seed, Kernels.present());
    }

    /// @param seed 64 bytes
    public Blake2xbStream(byte[] seed, GenerationKernel kernel) {
        super(Blake2xb.BUFFER_WORDS);
        if (seed.length != SEED) {
            throw new IllegalArgumentException("a seed has 64 bytes");
        }
        this.kernel = kernel;
        long[] message = new long[Blake2b.BLOCK_WORDS];
        ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(message, 0, SEED / Long.BYTES);
        Blake2b.schedule(message, schedule);
        Blake2b.compress(chain, schedule, Blake2b.BLOCK, 0);
        Arrays.fill(message, 0);
    }

    @Override
    void next(long[] target, int offset) {
        int root = (int) (counter % GenerationKernel.ROOTS);
        if (root == 0) {
            kernel.roots(chain, counter, schedule, roots);
        }
        kernel.nodes(roots, root * Blake2xb.ROOT_WORDS, schedule, target, offset);
        counter++;
    }

    @Override
    public void close() {
        super.close();
        Arrays.fill(chain, 0);
        Arrays.fill(roots, 0);
        Arrays.fill(schedule, 0);
    }
}
