package dev.keyswitch.worker;

import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.sdk.ConnectionException;
import dev.keyswitch.sdk.Json;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running evk-worker. It reads Kafka, talks to one API, and sends nothing but evaluation keys and reports.
public final class Worker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final KeyswitchClient client;
    private final KeyHolder holder;
    private final LeaseKeepers leases;
    private final TokenEventListener listener;
    private final Thread thread;

    private Worker(WorkerConfiguration configuration, KeyswitchClient client, Whoami whoami, KeyHolder holder) {
        this.client = client;
        this.holder = holder;
        this.leases = new LeaseKeepers(client);
        WorkerName name = configuration.name();
        UUID holderId = Objects.requireNonNull(whoami.holderId());
        RegenerationService service =
                new RegenerationService(client, holder, name, configuration.policy(), leases);
        this.listener = new TokenEventListener(
                new KafkaConsumer<>(
                        consumerSettings(configuration, name, holderId), new StringDeserializer(), new ByteArrayDeserializer()),
                Topics.tokens(Objects.requireNonNull(whoami.accountSlug())),
                holderId,
                new TokenEvents(Json.mapper()),
                new JobBoard(service, new Backoff(RandomGenerator.getDefault()), configuration.parallelism()),
                configuration.parallelism());
        this.thread = Thread.ofPlatform().name("evk-listener").start(listener);
    }

    /// Waits until the API answers, then begins to work.
    ///
    /// @throws WorkerRefusedException if the credential, the root key or the deployment is not the right one
    /// @throws IOException if the holder's files cannot be read
    public static Worker start(WorkerConfiguration configuration) throws IOException {
        KeyswitchClient client = KeyswitchClient.builder()
                .url(configuration.api())
                .credential(configuration.credential())
                .build();
        Whoami whoami = introduce(client);
        if (whoami.role() != Role.AGENT || whoami.holderId() == null) {
            throw new WorkerRefusedException("A worker needs a credential of role AGENT, not " + whoami.role() + ".");
        }
        KeyHolder holder = KeyHolder.open(configuration.holderFolder(), whoami.deploymentId());
        Worker worker = new Worker(configuration, client, whoami, holder);
        log.info(
                "Works for holder={} account={} name={} rootFingerprint={}",
                whoami.holderId(),
                whoami.accountSlug(),
                configuration.stableName(),
                holder.rootKey().fingerprint());
        return worker;
    }

    private static Whoami introduce(KeyswitchClient client) {
        Backoff backoff = new Backoff(RandomGenerator.getDefault());
        for (int retry = 0; ; retry++) {
            try {
                return client.whoami();
            } catch (ConnectionException e) {
                log.warn("The API does not answer because=\"{}\"", e.getMessage());
            } catch (ProblemException e) {
                if (e.status() < 500) {
                    throw new WorkerRefusedException("The API refuses this worker: " + e.getMessage(), e);
                }
            }
            pause(backoff.pause(retry));
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerRefusedException("Interrupted before the API answered.", e);
        }
    }

    private static Map<String, Object> consumerSettings(
            WorkerConfiguration configuration, WorkerName name, UUID holderId) {
        Map<String, Object> settings = configuration.kafka().settings();
        settings.putAll(Map.of(
                "group.id", "keyswitch-evk-worker." + holderId,
                "client.id", name.text(),
                // A worker that is new to the group begins with the oldest event: the claim sorts out what is done.
                "auto.offset.reset", "earliest",
                "enable.auto.commit", false,
                "max.poll.records", 100));
        // Not the broker's own protocol (docs/decisions/0033).
        settings.put("group.protocol", "classic");
        settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        // Soon noticed when a worker dies; the broker allows no less than 6 s.
        settings.put("session.timeout.ms", 6_000);
        settings.put("heartbeat.interval.ms", 2_000);
        // What a relay could not commit was never said.
        settings.put("isolation.level", "read_committed");
        settings.put("metadata.max.age.ms", 10_000);
        settings.put("allow.auto.create.topics", false);
        configuration.stableName().ifPresent(stable -> settings.put("group.instance.id", stable));
        return settings;
    }

    /// Waits until the worker has ended, of itself or by [#close].
    public void await() throws InterruptedException {
        thread.join();
    }

    /// Stops taking work, lets running keys end within some seconds, and forgets the root key.
    @Override
    public void close() {
        listener.stop();
        try {
            thread.join(Duration.ofSeconds(9));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        leases.close();
        client.close();
        holder.close();
    }
}
