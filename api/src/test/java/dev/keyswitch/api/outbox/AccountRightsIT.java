package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.embedded.SecuredKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A broker with authorisation on, and the rights that docs/how-to/grant-access-to-events.md lists, no more.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountRightsIT {

    private SecuredKafka broker;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = SecuredKafka.start(folder, "api", "acmeworker", "acmereader", "otherreader", "acmeserver");
        grant();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void theApiCreatesTopicsAndPublishesInTransactions() throws Exception {
        createTopicsAsApi("acme");

        publish("acme", "published");

        assertThat(read("acmereader", Topics.tokens("acme"), "acme-reports")).contains("published");
    }

    @Test
    void anAccountsReaderReadsItsTopicsAndNoOthers() throws Exception {
        createTopicsAsApi("acme");
        createTopicsAsApi("other");
        publish("other", "secret of other");

        assertThat(read("otherreader", Topics.tokens("other"), "other-reports")).contains("secret of other");
        for (String topic : List.of(Topics.tokens("other"), Topics.models("other"), Topics.access("other"))) {
            assertThatThrownBy(() -> read("acmereader", topic, "acme-reports")).isInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> read("acmeserver", topic, null)).isInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> read("acmeworker", topic, "keyswitch-evk-worker.1")).isInstanceOf(AuthorizationException.class);
        }
        assertThatThrownBy(() -> read("acmereader", Topics.tokens("acme"), "other-reports"))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void aWorkerReadsTokensAndAModelServerAccessOnly() throws Exception {
        createTopicsAsApi("acme");
        publish("acme", "for the worker");

        assertThat(read("acmeworker", Topics.tokens("acme"), "keyswitch-evk-worker." + UUID.randomUUID()))
                .contains("for the worker");
        assertThatThrownBy(() -> read("acmeworker", Topics.access("acme"), null)).isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> read("acmeserver", Topics.tokens("acme"), null))
                .isInstanceOf(AuthorizationException.class);
        assertThat(read("acmeserver", Topics.access("acme"), null)).contains("for the worker");
    }

    @Test
    void nobodyButTheApiWritesOrShutsTheRelayOut() throws Exception {
        createTopicsAsApi("acme");
        for (String user : List.of("acmeworker", "acmereader", "acmeserver", "otherreader")) {
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(settings(user), new StringSerializer(), new StringSerializer())) {
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>(Topics.tokens("acme"), "k", "forged")).get())
                        .hasCauseInstanceOf(AuthorizationException.class);
            }
            Map<String, Object> stolen = settings(user);
            stolen.put("transactional.id", "keyswitch-outbox.urn:keyswitch:deployment:x");
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(stolen, new StringSerializer(), new StringSerializer())) {
                assertThatThrownBy(producer::initTransactions).isInstanceOf(TransactionalIdAuthorizationException.class);
            }
        }
    }

    private void grant() throws Exception {
        broker.allow("api", ResourceType.TOPIC, "keyswitch.", AclOperation.CREATE, AclOperation.WRITE, AclOperation.DESCRIBE)
                .allow("api", ResourceType.TRANSACTIONAL_ID, "keyswitch-outbox.", AclOperation.WRITE, AclOperation.DESCRIBE)
                .allow("acmeworker", ResourceType.TOPIC, Topics.tokens("acme"), AclOperation.READ, AclOperation.DESCRIBE)
                .allow("acmeworker", ResourceType.GROUP, "keyswitch-evk-worker.", AclOperation.READ)
                .allow("acmeserver", ResourceType.TOPIC, Topics.access("acme"), AclOperation.READ, AclOperation.DESCRIBE);
        for (String account : List.of("acme", "other")) {
            broker.allow(account + "reader", ResourceType.TOPIC, "keyswitch." + account + ".", AclOperation.READ, AclOperation.DESCRIBE)
                    .allow(account + "reader", ResourceType.GROUP, account + "-reports", AclOperation.READ);
        }
        broker.grant();
    }

    private void createTopicsAsApi(String account) throws Exception {
        try (TopicCreator creator = new TopicCreator(connection("api"), 2)) {
            creator.ensure(List.of(Topics.tokens(account), Topics.models(account), Topics.access(account)));
        }
        // As the topic of the relay's transactions is made by its first use, so the rights reach every part a moment later.
        try (Admin admin = broker.admin()) {
            assertThat(admin.listTopics().names().get()).contains(Topics.tokens(account), Topics.access(account));
        }
    }

    private void publish(String account, String value) {
        Map<String, Object> settings = settings("api");
        settings.put("transactional.id", "keyswitch-outbox.urn:keyswitch:deployment:" + account);
        settings.put("delivery.timeout.ms", 20000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.tokens(account), "k", value));
            producer.send(new ProducerRecord<>(Topics.access(account), "k", value));
            producer.commitTransaction();
        }
    }

    /// @param group null: reads without one
    private List<String> read(String user, String topic, String group) {
        Map<String, Object> settings = settings(user);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        if (group != null) {
            settings.put("group.id", group);
        }
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            if (group == null) {
                consumer.assign(consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList());
                consumer.seekToBeginning(consumer.assignment());
            } else {
                consumer.subscribe(List.of(topic));
            }
            Instant end = Instant.now().plusSeconds(20);
            while (values.isEmpty() && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private KafkaConnection connection(String user) {
        return new KafkaConnection(broker.bootstrapServers(), SecuredKafka.security(user));
    }

    private Map<String, Object> settings(String user) {
        Map<String, Object> settings = connection(user).settings();
        settings.put("request.timeout.ms", 10000);
        settings.put("default.api.timeout.ms", 15000);
        return settings;
    }
}
