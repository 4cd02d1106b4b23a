package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.access.AccessHeartbeat;
import dev.keyswitch.contract.access.AccessRecordKeys;
import dev.keyswitch.contract.access.ModelAccessRecord;
import dev.keyswitch.contract.access.TokenAccessRecord;
import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.Topics;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// What is sent is what the document says.
class AsyncApiIT extends ApiIT {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void everythingThatIsSentIsDescribed() throws Exception {
        UUID one = Samples.model(owner(), "one").id();
        UUID other = Samples.model(owner(), "other").id();
        UUID token = Samples.token(owner(), "described").id();
        Samples.assign(owner(), token, one);
        Samples.reassign(owner(), token, other);
        owner().delete("/v1/tokens/" + token + "/assignment");
        owner().delete("/v1/tokens/" + token);
        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where published_at is null") == 0);

        Set<String> types = new TreeSet<>();
        for (String topic : List.of(Topics.tokens(configuration().account()), Topics.models(configuration().account()))) {
            for (ConsumerRecord<String, String> record : all(topic)) {
                types.add(TopicReader.header(record, CloudEventHeaders.TYPE));
                assertDescribed(record);
            }
        }
        assertThat(types).hasSizeGreaterThanOrEqualTo(7);
        Set<String> kinds = new TreeSet<>();
        for (ConsumerRecord<String, String> record : all(Topics.access(configuration().account()))) {
            Class<?> type = accessType(record.key());
            kinds.add(type.getSimpleName());
            assertThat(new RecordSchema(type).misfits(json.readTree(record.value()))).as(record.value()).isEmpty();
        }
        assertThat(kinds).containsExactly("AccessHeartbeat", "ModelAccessRecord", "TokenAccessRecord");
    }

    private void assertDescribed(ConsumerRecord<String, String> record) throws Exception {
        Class<?> data = AsyncApiDocument.dataOf(TopicReader.header(record, CloudEventHeaders.TYPE)).orElseThrow();
        assertThat(new RecordSchema(data).misfits(json.readTree(record.value()))).as(record.value()).isEmpty();
        for (String header : AsyncApiDocument.headersOfEveryEvent()) {
            assertThat(TopicReader.header(record, header)).as(header).isNotEmpty();
        }
        assertThat(record.value().length()).isLessThan(4096);
    }

    private static Class<?> accessType(String recordKey) {
        if (recordKey.equals(AccessRecordKeys.HEARTBEAT)) {
            return AccessHeartbeat.class;
        }
        return AccessRecordKeys.isModel(recordKey) ? ModelAccessRecord.class : TokenAccessRecord.class;
    }

    private List<ConsumerRecord<String, String>> all(String topic) {
        try (TopicReader reader = new TopicReader(configuration().kafka().bootstrapServers(), topic)) {
            return reader.readAll();
        }
    }
}
