package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WavesTest {

    @Test
    void sendsNoTwoEventsOfOneRecordKeyAtOnceAndKeepsTheirOrder() {
        Waves waves = new Waves(List.of(event(1, "a"), event(2, "b"), event(3, "a"), event(4, "a"), event(5, "c"), event(6, "b")));

        List<List<Long>> sent = new ArrayList<>();
        while (!waves.isEmpty()) {
            sent.add(waves.next().stream().map(WaitingEvent::id).toList());
        }

        assertThat(sent).containsExactly(List.of(1L, 2L, 5L), List.of(3L, 6L), List.of(4L));
    }

    private static WaitingEvent event(long id, String recordKey) {
        return new WaitingEvent(id, new UUID(0, id), new UUID(0, 0), "topic", recordKey, "type", recordKey, Instant.EPOCH, null, "{}");
    }
}
