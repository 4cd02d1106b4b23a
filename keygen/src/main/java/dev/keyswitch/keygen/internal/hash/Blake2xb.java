package dev.keyswitch.keygen.internal.hash;

/// BLAKE2Xb as SEAL uses it: buffer c of 4096 bytes has the seed as key and the counter c as message
/// (J.-P. Aumasson et al., "BLAKE2X", 2016). The 64 nodes of a buffer all take in the same block, the root; they differ only in their number.
public final class Blake2xb {
    public static final int SEED = 64;
    public static final int BUFFER = 4096;
    public static final int BUFFER_WORDS = BUFFER / Long.BYTES;
    public static final int NODE = 64;
    public static final int ROOT_WORDS = Blake2b.STATE_WORDS;
    /// Bytes that the root has taken in: the key's block and the counter.
    public static final long ROOT_COUNT = Blake2b.BLOCK + Long.BYTES;

    private static final long OUTPUT_LENGTH = (long) BUFFER << 32;
    /// Digest 64, key 64, fanout 1, depth 1.
    private static final long ROOT = 0x01014040L;
    /// Digest 64, no key, no fanout; leaf length 64; inner length 64.
    private static final long LEAF = NODE | (long) NODE << 32;
    private static final long INNER_LENGTH = (long) NODE << 8;

    private Blake2xb() {}

    /// What all roots of a seed begin with, before it took in the seed.
    public static long[] rootState() {
        return Blake2b.initialState(ROOT, OUTPUT_LENGTH, 0);
    }

    /// What node 0 begins with; the others have their number in word 1 too.
    public static long[] nodeState() {
        return Blake2b.initialState(LEAF, OUTPUT_LENGTH, INNER_LENGTH);
    }
}
