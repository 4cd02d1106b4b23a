package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.sdk.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TokenEventsTest {

    private final TokenEvents events = new TokenEvents(Json.mapper());

    @Test
    void readsEveryEventThatAsksForAKeyAlike() throws Exception {
        KeyJob job = Jobs.job(UUID.randomUUID(), 7);
        byte[] data = Json.mapper().writeValueAsBytes(job);

        for (EventType type : EventType.values()) {
            if (type.asksForEvaluationKey()) {
                assertThat(events.read(record(type.type(), data))).isEqualTo(new TokenEvents.Meaning.KeyWanted(job));
            }
        }
    }

    @Test
    void learnsTheGenerationFromOtherTokenEvents() {
        UUID token = UUID.randomUUID();
        byte[] data = ("{\"tokenId\":\"" + token + "\",\"generation\":9,\"new\":\"field\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(events.read(record(EventType.TOKEN_UNASSIGNED.type(), data)))
                .isEqualTo(new TokenEvents.Meaning.GenerationBegun(token, 9));
    }

    @Test
    void passesOverTypesItDoesNotKnow() {
        assertThat(events.read(record("dev.keyswitch.token.painted.v7", "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new TokenEvents.Meaning.Nothing());
    }

    @Test
    void refusesRecordsThatAreNoEvents() {
        assertThatThrownBy(() -> events.read(record(null, new byte[0]))).isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> events.read(record(EventType.TOKEN_ASSIGNED.type(), "{".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> events.read(record(EventType.TOKEN_ASSIGNED.type(), null)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    private static ConsumerRecord<String, byte[]> record(String type, byte[] data) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("tokens", 0, 0, "key", data);
        if (type != null) {
            record.headers().add(CloudEventHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }
}
