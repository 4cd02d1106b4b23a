package dev.keyswitch.api.outbox;

import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Sends batches of events to Kafka as CloudEvents in binary mode, each batch as a transaction: all of it is published, or
/// nothing that a reader of committed records sees. Its transactional id is the same in every term, so that opening one shuts
/// out every earlier one for good. For one thread, and for one term: after an exception it is of no use any more.
final class EventPublisher implements AutoCloseable {

    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private final KafkaProducer<String, byte[]> producer;
    private final String source;

    private EventPublisher(KafkaProducer<String, byte[]> producer, String source) {
        this.producer = producer;
        this.source = source;
    }

    /// From here on no publisher opened before can publish.
    ///
    /// @param source the CloudEvents `source`: this deployment
    /// @throws KafkaException if the broker is away
    static EventPublisher open(KafkaConnection kafka, String source) {
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings(kafka, source), new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new EventPublisher(producer, source);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static Map<String, Object> settings(KafkaConnection kafka, String source) {
        Map<String, Object> settings = kafka.settings();
        settings.putAll(Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "keyswitch-outbox"),
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "keyswitch-outbox." + source),
                // What a dead relay left open holds readers up until its successor begins, or for this long.
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) DELIVERY.toMillis()),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                // The end of a batch flushes, so nothing waits that long; until then all events of a partition gather, and reach the
                // broker's disk together.
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 100),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 512 * 1024),
                Map.entry(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis()),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000)));
        return settings;
    }

    /// What became of a batch.
    sealed interface Outcome {
        record Published() implements Outcome {}

        /// Nothing was published, because of this event, which will never be.
        record Hopeless(WaitingEvent event, String error) implements Outcome {}

        /// Nothing was published, because this topic takes nothing now; others may.
        record Closed(String topic, String error) implements Outcome {}
    }

    /// In the order given, also within each partition.
    ///
    /// @throws FencedException if another relay has begun its term
    /// @throws KafkaException if the broker is away; whether the batch was published is not known
    Outcome publish(List<PlacedEvent> batch) {
        try {
            producer.beginTransaction();
            Map<WaitingEvent, Future<RecordMetadata>> sent = new LinkedHashMap<>();
            for (PlacedEvent placed : batch) {
                Future<RecordMetadata> future = producer.send(record(placed));
                sent.put(placed.event(), future);
                if (future.state() == Future.State.FAILED) {
                    break;
                }
            }
            Optional<Outcome> obstacle = obstacle(sent);
            if (obstacle.isPresent()) {
                producer.abortTransaction();
                return obstacle.get();
            }
            producer.commitTransaction();
            return new Outcome.Published();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new FencedException(e);
        }
    }

    /// The one event or topic in the way.
    private Optional<Outcome> obstacle(Map<WaitingEvent, Future<RecordMetadata>> sent) {
        KafkaException failure = null;
        producer.flush();
        for (Map.Entry<WaitingEvent, Future<RecordMetadata>> entry : sent.entrySet()) {
            WaitingEvent event = entry.getKey();
            switch (failure(entry.getValue())) {
                case null -> {}
                case RecordTooLargeException e -> {
                    return Optional.of(new Outcome.Hopeless(event, text(e)));
                }
                case RecordBatchTooLargeException e -> {
                    return Optional.of(new Outcome.Hopeless(event, text(e)));
                }
                case InvalidRecordException e -> {
                    return Optional.of(new Outcome.Hopeless(event, text(e)));
                }
                case SerializationException e -> {
                    return Optional.of(new Outcome.Hopeless(event, text(e)));
                }
                case InvalidTopicException e -> {
                    return Optional.of(new Outcome.Hopeless(event, text(e)));
                }
                case TopicAuthorizationException e -> {
                    return Optional.of(new Outcome.Closed(event.topic(), text(e)));
                }
                case ProducerFencedException e -> throw e;
                case InvalidProducerEpochException e -> throw e;
                case KafkaException e -> failure = failure == null ? e : failure;
                case Throwable e -> failure = failure == null ? new KafkaException(e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    private static @Nullable Throwable failure(Future<RecordMetadata> future) {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new KafkaException("interrupted", e);
        }
    }

    private static String text(Throwable thrown) {
        return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    }

    private ProducerRecord<String, byte[]> record(PlacedEvent placed) {
        WaitingEvent event = placed.event();
        // Without content: the record before it may go.
        byte[] data = event.data().isEmpty() ? null : event.data().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(event.topic(), event.recordKey(), data);
        header(record, CloudEventHeaders.SPEC_VERSION, "1.0");
        header(record, CloudEventHeaders.ID, event.eventId().toString());
        header(record, CloudEventHeaders.SOURCE, source);
        header(record, CloudEventHeaders.TYPE, event.type());
        header(record, CloudEventHeaders.SUBJECT, event.subject());
        header(record, CloudEventHeaders.TIME, event.at().toString());
        if (placed.position() > 0) {
            header(record, CloudEventHeaders.POSITION, Long.toString(placed.position()));
        }
        header(record, CloudEventHeaders.CONTENT_TYPE, "application/json");
        if (event.traceParent() != null) {
            header(record, CloudEventHeaders.TRACE_PARENT, event.traceParent());
        }
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
