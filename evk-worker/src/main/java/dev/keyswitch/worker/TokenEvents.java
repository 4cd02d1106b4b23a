package dev.keyswitch.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// What a record of the tokens topic means to a worker.
final class TokenEvents {

    sealed interface Meaning {

        record KeyWanted(KeyJob job) implements Meaning {}

        /// A generation has begun for which nothing is to be made here.
        record GenerationBegun(UUID token, long generation) implements Meaning {}

        record Nothing() implements Meaning {}
    }

    private final ObjectMapper json;

    TokenEvents(ObjectMapper json) {
        this.json = json;
    }

    /// @throws UnreadableRecordException if it is not an event of ours
    Meaning read(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader(CloudEventHeaders.TYPE);
        if (type == null || record.value() == null) {
            throw new UnreadableRecordException("it has no event type or no data", null);
        }
        Optional<EventType> known = EventType.ofType(new String(type.value(), StandardCharsets.UTF_8));
        if (known.isEmpty() || known.get().isAboutModel()) {
            return new Meaning.Nothing();
        }
        try {
            return known.get().asksForEvaluationKey()
                    ? new Meaning.KeyWanted(job(record.value()))
                    : generation(json.readTree(record.value()));
        } catch (JsonProcessingException e) {
            throw new UnreadableRecordException("its data is not what its type promises", e);
        } catch (IOException e) {
            throw new UnreadableRecordException("its data cannot be read", e);
        }
    }

    private KeyJob job(byte[] data) throws IOException {
        KeyJob job = json.readValue(data, KeyJob.class);
        if (job == null) {
            throw new UnreadableRecordException("its data is null", null);
        }
        return job;
    }

    /// Every other event about a token tells the token's generation, or the one of the evaluation key it is about.
    private static Meaning generation(JsonNode data) {
        JsonNode token = data.path("tokenId");
        JsonNode generation = data.path("generation");
        if (!token.isTextual() || !generation.isIntegralNumber()) {
            return new Meaning.Nothing();
        }
        try {
            return new Meaning.GenerationBegun(UUID.fromString(token.asText()), generation.asLong());
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("its token id is not an id", e);
        }
    }
}
