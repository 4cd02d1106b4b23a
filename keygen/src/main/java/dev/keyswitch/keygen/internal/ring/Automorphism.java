package dev.keyswitch.keygen.internal.ring;

/// What X → X^g does to a row in NTT form. Eight neighbours come from eight neighbours, in one of eight orders: with bits reversed, the
/// lowest three bits of a position are the highest of the power that stands there, and g moves those among themselves.
public final class Automorphism {
    /// How many neighbours stay together, if the ring has as many.
    public static final int GROUP = 8;

    private final int group;
    private final int[] sources;
    private final long[] orders;

    public Automorphism(int degree, int element) {
        int log = Integer.numberOfTrailingZeros(degree);
        group = Math.min(GROUP, degree);
        int groupLog = Integer.numberOfTrailingZeros(group);
        orders = orders(group, element);
        sources = new int[degree / group];
        for (int i = 0; i < sources.length; i++) {
            // The first of the group is the value at the odd power 2·reverse+1 of the root.
            int power = 2 * reverse(i * group, log) + 1;
            int image = (element * power >>> 1) & (degree - 1);
            int turn = image >>> log - groupLog;
            sources[i] = reverse(image, log) & -group | turn;
        }
    }

    /// Entry i: where group i begins in the row, and in the bits below that, the number of its order.
    public int[] sources() {
        return sources;
    }

    /// Orders one after the other, each a position within the group for every member.
    public long[] orders() {
        return orders;
    }

    public void image(long[] row, long[] target) {
        for (int i = 0; i < sources.length; i++) {
            int start = sources[i] & -group;
            int order = (sources[i] & group - 1) * group;
            for (int member = 0; member < group; member++) {
                target[i * group + member] = row[start + (int) orders[order + member]];
            }
        }
    }

    private static long[] orders(int group, int element) {
        int log = Integer.numberOfTrailingZeros(group);
        long[] orders = new long[group * group];
        for (int turn = 0; turn < group; turn++) {
            for (int member = 0; member < group; member++) {
                int power = turn + element * reverse(member, log) & group - 1;
                orders[turn * group + member] = reverse(power, log);
            }
        }
        return orders;
    }

    private static int reverse(int value, int bits) {
        return bits == 0 ? 0 : Integer.reverse(value) >>> Integer.SIZE - bits;
    }
}
