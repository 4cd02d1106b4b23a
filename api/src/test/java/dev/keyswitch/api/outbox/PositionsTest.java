package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PositionsTest {

    private final UUID one = new UUID(0, 1);
    private final UUID other = new UUID(0, 2);

    @Test
    void countsEachAccountByItself() {
        Positions positions = new Positions(7);

        assertThat(positions.next(one)).isEqualTo(7_000_000_000L);
        assertThat(positions.next(one)).isEqualTo(7_000_000_001L);
        assertThat(positions.next(other)).isEqualTo(7_000_000_000L);
    }

    @Test
    void beginsALaterTermAboveAllOfAnEarlierOne() {
        assertThat(new Positions(8).next(one)).isGreaterThan(7_999_999_998L);
    }
}
