package dev.keyswitch.keygen.internal.random;

/// The permutation Keccak-f[1600] of FIPS 202, step by step as the standard writes it.
final class Keccak {
    static final int LANES = 25;

    private static final int SIDE = 5;
    private static final int ROUNDS = 24;
    /// Rotation of the lane that is moved in step t of rho and pi; the triangular numbers.
    private static final int[] ROTATIONS = new int[ROUNDS];
    /// Where step t of rho and pi puts its lane.
    private static final int[] LANE_OF_STEP = new int[ROUNDS];
    private static final long[] ROUND_CONSTANTS = new long[ROUNDS];

    static {
        int x = 1;
        int y = 0;
        for (int step = 0; step < ROUNDS; step++) {
            ROTATIONS[step] = (step + 1) * (step + 2) / 2 % Long.SIZE;
            int nextY = (2 * x + 3 * y) % SIDE;
            x = y;
            y = nextY;
            LANE_OF_STEP[step] = x + SIDE * y;
        }
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int j = 0; j <= 6; j++) {
                if ((register & 1) == 1) {
                    ROUND_CONSTANTS[round] |= 1L << ((1 << j) - 1);
                }
                register = register << 1 ^ (register >> 7) * 0x171;
            }
        }
    }

    private Keccak() {}

    static void permute(long[] lanes) {
        long[] parity = new long[SIDE];
        for (int round = 0; round < ROUNDS; round++) {
            theta(lanes, parity);
            rhoAndPi(lanes);
            chi(lanes, parity);
            lanes[0] ^= ROUND_CONSTANTS[round];
        }
    }

    private static void theta(long[] lanes, long[] parity) {
        for (int x = 0; x < SIDE; x++) {
            parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
        }
        for (int x = 0; x < SIDE; x++) {
            long change = parity[(x + 4) % SIDE] ^ Long.rotateLeft(parity[(x + 1) % SIDE], 1);
            for (int lane = x; lane < LANES; lane += SIDE) {
                lanes[lane] ^= change;
            }
        }
    }

    private static void rhoAndPi(long[] lanes) {
        long moved = lanes[1];
        for (int step = 0; step < ROUNDS; step++) {
            int lane = LANE_OF_STEP[step];
            long displaced = lanes[lane];
            lanes[lane] = Long.rotateLeft(moved, ROTATIONS[step]);
            moved = displaced;
        }
    }

    private static void chi(long[] lanes, long[] row) {
        for (int y = 0; y < LANES; y += SIDE) {
            System.arraycopy(lanes, y, row, 0, SIDE);
            for (int x = 0; x < SIDE; x++) {
                lanes[y + x] = row[x] ^ ~row[(x + 1) % SIDE] & row[(x + 2) % SIDE];
            }
        }
    }
}
