package dev.keyswitch.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void letsABurstPassAndThenSoManyASecond() {
        Bucket bucket = new Bucket(2, 5, 0);

        assertThat(taken(bucket, 0, 100)).isEqualTo(5);
        assertThat(taken(bucket, SECOND / 2, 100)).isEqualTo(1);
        assertThat(taken(bucket, SECOND * 3 / 2, 100)).isEqualTo(2);
    }

    @Test
    void holdsNoMoreThanItsBurst() {
        Bucket bucket = new Bucket(2, 5, 0);
        taken(bucket, 0, 5);

        assertThat(bucket.isFull(SECOND)).isFalse();
        assertThat(bucket.isFull(3 * SECOND)).isTrue();
        assertThat(taken(bucket, 1000 * SECOND, 100)).isEqualTo(5);
    }

    @Test
    void tellsWhatIsLeftAndWhenAllIs() {
        Bucket bucket = new Bucket(2, 5, 0);

        assertThat(bucket.take(0)).isEqualTo(new Bucket.State(true, 4, 1));
        taken(bucket, 0, 4);
        assertThat(bucket.take(0)).isEqualTo(new Bucket.State(false, 0, 3));
    }

    private static int taken(Bucket bucket, long at, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take(at).passes() ? 1 : 0;
        }
        return taken;
    }
}
