package dev.keyswitch.keygen.internal.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// BLAKE2b without key (RFC 7693) and its compression function, on which the extendable form is built.
public final class Blake2b {
    public static final int BLOCK = 128;
    public static final int BLOCK_WORDS = 16;
    public static final int STATE_WORDS = 8;
    public static final int SCHEDULE_WORDS = 12 * BLOCK_WORDS;
    public static final long FINAL = -1L;

    private static final long[] IV = {
        0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
        0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
    };
    private static final byte[] SIGMA = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3
    };

    private Blake2b() {}

    /// The digest of `data`, 1 to 64 bytes long.
    public static byte[] hash(int length, byte[] data) {
        long[] state = initialState(0x01010000L | length, 0, 0);
        long[] schedule = new long[SCHEDULE_WORDS];
        int blocks = Math.max(1, (data.length + BLOCK - 1) / BLOCK);
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN).put(data).rewind();
        for (int block = 1; block <= blocks; block++) {
            long[] message = new long[BLOCK_WORDS];
            padded.asLongBuffer().get((block - 1) * BLOCK_WORDS, message);
            schedule(message, schedule);
            boolean last = block == blocks;
            compress(state, schedule, last ? data.length : (long) block * BLOCK, last ? FINAL : 0);
        }
        ByteBuffer digest = ByteBuffer.allocate(Long.BYTES * STATE_WORDS).order(ByteOrder.LITTLE_ENDIAN);
        digest.asLongBuffer().put(state);
        byte[] result = new byte[length];
        digest.get(result);
        return result;
    }

    /// The chaining value before the first block, for the first three words of the parameter block.
    public static long[] initialState(long parameter0, long parameter1, long parameter2) {
        long[] state = IV.clone();
        state[0] ^= parameter0;
        state[1] ^= parameter1;
        state[2] ^= parameter2;
        return state;
    }

    /// Which word of its block each entry of a schedule is.
    public static long[] scheduleOrder() {
        long[] order = new long[SCHEDULE_WORDS];
        for (int i = 0; i < SCHEDULE_WORDS; i++) {
            order[i] = SIGMA[i];
        }
        return order;
    }

    /// Lays a message block out in the order in which the twelve rounds consume it.
    public static void schedule(long[] message, long[] schedule) {
        for (int i = 0; i < SCHEDULE_WORDS; i++) {
            schedule[i] = message[SIGMA[i]];
        }
    }

    /// Takes one block into the state. Kept flat, in local variables: the compiler then keeps most of it in registers.
    ///
    /// @param count bytes taken in so far, this block included
    /// @param last [#FINAL] for the last block, else 0
    public static void compress(long[] state, long[] schedule, long count, long last) {
        long v0 = state[0], v1 = state[1], v2 = state[2], v3 = state[3];
        long v4 = state[4], v5 = state[5], v6 = state[6], v7 = state[7];
        long v8 = IV[0], v9 = IV[1], v10 = IV[2], v11 = IV[3];
        long v12 = IV[4] ^ count, v13 = IV[5], v14 = IV[6] ^ last, v15 = IV[7];
        for (int i = 0; i < SCHEDULE_WORDS; i += BLOCK_WORDS) {
            v0 += v4 + schedule[i];
            v1 += v5 + schedule[i + 2];
            v2 += v6 + schedule[i + 4];
            v3 += v7 + schedule[i + 6];
            v12 = Long.rotateRight(v12 ^ v0, 32);
            v13 = Long.rotateRight(v13 ^ v1, 32);
            v14 = Long.rotateRight(v14 ^ v2, 32);
            v15 = Long.rotateRight(v15 ^ v3, 32);
            v8 += v12;
            v9 += v13;
            v10 += v14;
            v11 += v15;
            v4 = Long.rotateRight(v4 ^ v8, 24);
            v5 = Long.rotateRight(v5 ^ v9, 24);
            v6 = Long.rotateRight(v6 ^ v10, 24);
            v7 = Long.rotateRight(v7 ^ v11, 24);
            v0 += v4 + schedule[i + 1];
            v1 += v5 + schedule[i + 3];
            v2 += v6 + schedule[i + 5];
            v3 += v7 + schedule[i + 7];
            v12 = Long.rotateRight(v12 ^ v0, 16);
            v13 = Long.rotateRight(v13 ^ v1, 16);
            v14 = Long.rotateRight(v14 ^ v2, 16);
            v15 = Long.rotateRight(v15 ^ v3, 16);
            v8 += v12;
            v9 += v13;
            v10 += v14;
            v11 += v15;
            v4 = Long.rotateRight(v4 ^ v8, 63);
            v5 = Long.rotateRight(v5 ^ v9, 63);
            v6 = Long.rotateRight(v6 ^ v10, 63);
            v7 = Long.rotateRight(v7 ^ v11, 63);

            v0 += v5 + schedule[i + 8];
            v1 += v6 + schedule[i + 10];
            v2 += v7 + schedule[i + 12];
            v3 += v4 + schedule[i + 14];
            v15 = Long.rotateRight(v15 ^ v0, 32);
            v12 = Long.rotateRight(v12 ^ v1, 32);
            v13 = Long.rotateRight(v13 ^ v2, 32);
            v14 = Long.rotateRight(v14 ^ v3, 32);
            v10 += v15;
            v11 += v12;
            v8 += v13;
            v9 += v14;
            v5 = Long.rotateRight(v5 ^ v10, 24);
            v6 = Long.rotateRight(v6 ^ v11, 24);
            v7 = Long.rotateRight(v7 ^ v8, 24);
            v4 = Long.rotateRight(v4 ^ v9, 24);
            v0 += v5 + schedule[i + 9];
            v1 += v6 + schedule[i + 11];
            v2 += v7 + schedule[i + 13];
            v3 += v4 + schedule[i + 15];
            v15 = Long.rotateRight(v15 ^ v0, 16);
            v12 = Long.rotateRight(v12 ^ v1, 16);
            v13 = Long.rotateRight(v13 ^ v2, 16);
            v14 = Long.rotateRight(v14 ^ v3, 16);
            v10 += v15;
            v11 += v12;
            v8 += v13;
            v9 += v14;
            v5 = Long.rotateRight(v5 ^ v10, 63);
            v6 = Long.rotateRight(v6 ^ v11, 63);
            v7 = Long.rotateRight(v7 ^ v8, 63);
            v4 = Long.rotateRight(v4 ^ v9, 63);
        }
        state[0] ^= v0 ^ v8;
        state[1] ^= v1 ^ v9;
        state[2] ^= v2 ^ v10;
        state[3] ^= v3 ^ v11;
        state[4] ^= v4 ^ v12;
        state[5] ^= v5 ^ v13;
        state[6] ^= v6 ^ v14;
        state[7] ^= v7 ^ v15;
    }
}
