package dev.keyswitch.standalone.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Notes when a reader of committed records has each event in hand.
final class Arrivals implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final Map<String, Long> firstSeen = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /// Begins with what is published from now on.
    Arrivals(String bootstrap, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        this.thread = Thread.ofPlatform().name("arrivals").daemon().start(this::read);
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    firstSeen.putIfAbsent(record.key(), System.nanoTime());
                    count.incrementAndGet();
                }
            }
        }
    }

    long count() {
        return count.get();
    }

    /// When the first record with this key came, as `System.nanoTime` has it.
    long await(String recordKey) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            Long seen = firstSeen.get(recordKey);
            if (seen != null) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("an event did not come within a minute");
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
