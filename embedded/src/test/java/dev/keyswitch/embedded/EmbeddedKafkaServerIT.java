package dev.keyswitch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaServerIT {

    @TempDir
    Path folder;

    @Test
    void keepsRecordsOverARestart() throws Exception {
        try (var server = EmbeddedKafkaServer.start(folder, 0);
                var admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", server.bootstrapServers(), "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("memory", 1, (short) 1))).all().get();
            producer.send(new ProducerRecord<>("memory", "key", "kept")).get();
        }

        try (var server = EmbeddedKafkaServer.start(folder, 0);
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", server.bootstrapServers(), "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("memory", 0)));

            var records = consumer.poll(Duration.ofSeconds(20));

            assertThat(records).hasSize(1).allSatisfy(record -> assertThat(record.value()).isEqualTo("kept"));
        }
    }
}
