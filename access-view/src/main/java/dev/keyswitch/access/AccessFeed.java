package dev.keyswitch.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the access topic into a table, from the beginning and for ever, in a thread of its own.
final class AccessFeed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccessFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;
    private final String topic;
    private final AccessTable table;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean rebuilding;

    private AccessFeed(Map<String, Object> settings, String topic, AccessTable table) {
        this.settings = settings;
        this.topic = topic;
        this.table = table;
        this.thread = new Thread(this::run, "keyswitch-access-view");
        this.thread.setDaemon(true);
    }

    static AccessFeed start(Map<String, Object> kafka, String topic, AccessTable table) {
        Map<String, Object> settings = new HashMap<>(kafka);
        // What a relay could not commit was never said.
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        AccessFeed feed = new AccessFeed(settings, topic, table);
        feed.thread.start();
        return feed;
    }

    void rebuild() {
        rebuilding = true;
    }

    private void run() {
        while (isOpen()) {
            table.clear();
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                if (partitions.size() != 1) {
                    // A heartbeat of one partition says nothing of the others.
                    throw new KafkaException(topic + " must have one partition, not " + partitions.size());
                }
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                rebuilding = false;
                while (isOpen() && !rebuilding) {
                    consumer.poll(POLL).forEach(this::apply);
                }
            } catch (KafkaException e) {
                log.warn("Cannot read the access topic, everything is denied topic={} because=\"{}\"", topic, e.getMessage());
                pause();
            }
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        try {
            table.apply(record.key() == null ? "" : record.key(), record.value());
        } catch (IllegalArgumentException e) {
            log.error("Cannot understand an access record offset={} because=\"{}\"", record.offset(), e.getMessage());
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void pause() {
        try {
            if (closed.await(500, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        table.clear();
    }
}
