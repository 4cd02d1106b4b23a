package dev.keyswitch.api.outbox;

import dev.keyswitch.contract.access.AccessRecordKeys;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in every access topic up to when it is complete. Sent past the relay's transactions and waited for by nobody: it is
/// true for ever that everything before a moment stands before this record, whoever says so and however late. One that does not
/// arrive makes readers deny. For one thread.
final class Heartbeats implements AutoCloseable {

    static final Duration EVERY = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final KafkaProducer<String, byte[]> producer;
    private long sentAt = System.nanoTime() - EVERY.toNanos();

    Heartbeats(KafkaConnection kafka) {
        this.producer = new KafkaProducer<>(settings(kafka), new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings(KafkaConnection kafka) {
        Map<String, Object> settings = kafka.settings();
        settings.putAll(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG, "keyswitch-heartbeats",
                ProducerConfig.LINGER_MS_CONFIG, 0,
                // An old one is worth nothing.
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 200,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 1000));
        return settings;
    }

    boolean due() {
        return System.nanoTime() - sentAt >= EVERY.toNanos();
    }

    /// @param closed topics that take nothing now
    void send(List<String> accounts, Collection<String> closed, Instant asOf) {
        sentAt = System.nanoTime();
        byte[] value = ("{\"at\":" + asOf.toEpochMilli() + "}").getBytes(StandardCharsets.UTF_8);
        for (String account : accounts) {
            String topic = Topics.access(account);
            if (!closed.contains(topic) && !sent(topic, value)) {
                return;
            }
        }
    }

    private boolean sent(String topic, byte[] value) {
        try {
            var future = producer.send(new ProducerRecord<>(topic, AccessRecordKeys.HEARTBEAT, value));
            return future.state() != Future.State.FAILED;
        } catch (KafkaException e) {
            LOG.debug("no heartbeat topic={} error={}", topic, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
