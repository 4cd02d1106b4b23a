package dev.keyswitch.api.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads a topic from its beginning.
public final class TopicReader implements AutoCloseable {

    private final String bootstrap;
    private final KafkaConsumer<String, String> consumer;
    private final String topic;

    public TopicReader(String bootstrap, String topic) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.consumer = consumer("read_committed");
    }

    /// Waits for this many records of one record key, and answers all of that key.
    public List<ConsumerRecord<String, String>> readUntil(String recordKey, int count) {
        assignAll();
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        Instant end = Instant.now().plusSeconds(30);
        while (found.size() < count) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("only " + found.size() + " of " + count + " records of " + recordKey + ": " + found);
            }
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                if (record.key().equals(recordKey)) {
                    found.add(record);
                }
            });
        }
        return found;
    }

    /// All that is there now, once the transactions it belongs to are over: those who commit are answered before others see it.
    public List<ConsumerRecord<String, String>> readAll() {
        List<TopicPartition> partitions = assignAll();
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<String, String> seesAll = consumer("read_uncommitted")) {
            ends = seesAll.endOffsets(partitions);
        }
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        Instant patience = Instant.now().plusSeconds(30);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (Instant.now().isAfter(patience)) {
                throw new AssertionError("transactions are open, or records missing, before " + ends);
            }
            consumer.poll(Duration.ofMillis(100)).forEach(found::add);
        }
        return found;
    }

    private List<TopicPartition> assignAll() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private KafkaConsumer<String, String> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "auto.offset.reset", "earliest",
                        "isolation.level", isolation),
                new StringDeserializer(),
                new StringDeserializer());
    }

    public static String header(ConsumerRecord<String, String> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
