package dev.keyswitch.api.outbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/// Creates topics that are not there yet. Safe for use by many threads.
final class TopicCreator implements AutoCloseable {

    private static final int SECONDS = 5;

    private final Map<String, Object> settings;
    private final int partitions;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private @Nullable Admin admin;

    /// The replication is the broker's default.
    TopicCreator(String bootstrap, int partitions) {
        this.partitions = partitions;
        this.settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.CLIENT_ID_CONFIG, "keyswitch-topics",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, SECONDS * 1000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, SECONDS * 1000,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    }

    /// When this returns, all these topics are there.
    ///
    /// @throws KafkaException if that could not be reached within some seconds
    void ensure(Collection<String> topics) {
        List<String> missing = topics.stream().distinct().filter(topic -> !known.contains(topic)).toList();
        if (missing.isEmpty()) {
            return;
        }
        Map<String, KafkaFuture<Void>> created = admin()
                .createTopics(missing.stream()
                        .map(topic -> new NewTopic(topic, Optional.of(partitions), Optional.empty()))
                        .toList())
                .values();
        created.forEach(this::await);
    }

    private void await(String topic, KafkaFuture<Void> created) {
        try {
            created.get(2L * SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("cannot create the topic " + topic, e.getCause());
            }
        } catch (TimeoutException e) {
            throw new KafkaException("cannot create the topic " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
        known.add(topic);
    }

    private synchronized Admin admin() {
        Admin present = admin;
        if (present == null) {
            present = Admin.create(settings);
            admin = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(java.time.Duration.ofSeconds(1));
        }
    }
}
