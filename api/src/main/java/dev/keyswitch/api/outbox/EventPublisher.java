package dev.keyswitch.api.outbox;

import dev.keyswitch.contract.event.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Sends events to Kafka as CloudEvents in binary mode, and waits for the acknowledgement of each. For one thread.
final class EventPublisher implements AutoCloseable {

    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private final Map<String, Object> settings;
    private final String source;
    private @Nullable KafkaProducer<String, byte[]> producer;

    /// @param source the CloudEvents `source`: this deployment
    EventPublisher(String bootstrap, String source) {
        this.source = source;
        this.settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ProducerConfig.CLIENT_ID_CONFIG, "keyswitch-outbox",
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis(),
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    }

    /// What became of an event.
    sealed interface Outcome {
        record Acknowledged() implements Outcome {}

        /// May work next time.
        record Failed(String error) implements Outcome {}

        /// Will never work.
        record Hopeless(String error) implements Outcome {}
    }

    /// Sends events of different record keys, all at once. Those not reached because the broker is away are not in the answer.
    Map<WaitingEvent, Outcome> send(List<WaitingEvent> events) {
        Map<WaitingEvent, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        Map<WaitingEvent, Outcome> outcomes = new LinkedHashMap<>();
        try {
            for (WaitingEvent event : events) {
                Future<RecordMetadata> future = producer().send(record(event));
                sent.put(event, future);
                if (future.state() == Future.State.FAILED && outcome(future) instanceof Outcome.Failed) {
                    // Each further one would wait its full time for a broker that is away.
                    break;
                }
            }
        } catch (KafkaException e) {
            events.stream()
                    .filter(event -> !sent.containsKey(event))
                    .findFirst()
                    .ifPresent(event -> outcomes.put(event, new Outcome.Failed(text(e))));
            sent.forEach((event, future) -> outcomes.put(event, outcome(future)));
            startAnew();
            return outcomes;
        }
        sent.forEach((event, future) -> outcomes.put(event, outcome(future)));
        return outcomes;
    }

    private static Outcome outcome(Future<RecordMetadata> future) {
        try {
            future.get();
            return new Outcome.Acknowledged();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return switch (cause) {
                case RecordTooLargeException large -> new Outcome.Hopeless(text(large));
                case RecordBatchTooLargeException large -> new Outcome.Hopeless(text(large));
                case SerializationException unwritable -> new Outcome.Hopeless(text(unwritable));
                case InvalidTopicException invalid -> new Outcome.Hopeless(text(invalid));
                default -> new Outcome.Failed(text(cause));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted");
        }
    }

    private static String text(Throwable thrown) {
        return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    }

    private ProducerRecord<String, byte[]> record(WaitingEvent event) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                event.topic(), event.recordKey(), event.data().getBytes(StandardCharsets.UTF_8));
        header(record, CloudEventHeaders.SPEC_VERSION, "1.0");
        header(record, CloudEventHeaders.ID, event.eventId().toString());
        header(record, CloudEventHeaders.SOURCE, source);
        header(record, CloudEventHeaders.TYPE, event.type());
        header(record, CloudEventHeaders.SUBJECT, event.subject());
        header(record, CloudEventHeaders.TIME, event.at().toString());
        header(record, CloudEventHeaders.CONTENT_TYPE, "application/json");
        if (event.traceParent() != null) {
            header(record, CloudEventHeaders.TRACE_PARENT, event.traceParent());
        }
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> present = producer;
        if (present == null) {
            present = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer = present;
        }
        return present;
    }

    /// A producer that threw may be in a state it does not leave.
    private void startAnew() {
        close();
        producer = null;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
