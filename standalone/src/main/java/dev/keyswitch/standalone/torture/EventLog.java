package dev.keyswitch.standalone.torture;

import dev.keyswitch.contract.event.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What a topic has, as a reader that drops repeated events sees it.
final class EventLog {

    private final Map<String, List<String>> eventsByKey = new HashMap<>();
    private final List<String> positionBreaches = new ArrayList<>();

    /// All committed records there are now.
    static EventLog read(String bootstrap, String topic) {
        EventLog read = new EventLog();
        Set<String> seen = new HashSet<>();
        Map<Integer, Long> positions = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.take(record, seen, positions));
            }
        }
        return read;
    }

    private void take(ConsumerRecord<String, byte[]> record, Set<String> seen, Map<Integer, Long> positions) {
        long position = Long.parseLong(header(record, CloudEventHeaders.POSITION));
        Long before = positions.put(record.partition(), position);
        if (before != null && before >= position) {
            positionBreaches.add("position " + position + " stands behind " + before);
        }
        String id = header(record, CloudEventHeaders.ID);
        if (seen.add(id)) {
            eventsByKey.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(id);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /// Event ids, in order, each once.
    List<String> of(String recordKey) {
        return eventsByKey.getOrDefault(recordKey, List.of());
    }

    /// A former relay that published after its successor would leave one.
    List<String> positionBreaches() {
        return positionBreaches;
    }
}
