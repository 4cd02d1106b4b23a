package dev.keyswitch.api.outbox;

import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.event.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
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
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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
    TopicCreator(KafkaConnection kafka, int partitions) {
        this.partitions = partitions;
        this.settings = new HashMap<>(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG, "keyswitch-topics",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, SECONDS * 1000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, SECONDS * 1000,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000));
        this.settings.putAll(kafka.settings());
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
                        .map(this::described)
                        .toList())
                .values();
        created.forEach(this::await);
    }

    private NewTopic described(String topic) {
        if (!Topics.isAccess(topic)) {
            return new NewTopic(topic, Optional.of(partitions), Optional.empty());
        }
        // One partition: what stands behind a record there was published after it. Compacted soon, for it is read from its beginning.
        return new NewTopic(topic, Optional.of(1), Optional.empty())
                .configs(Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", Long.toString(Duration.ofMinutes(10).toMillis()),
                        "min.cleanable.dirty.ratio", "0.2",
                        "max.compaction.lag.ms", Long.toString(Duration.ofHours(1).toMillis())));
    }

    /// What is known may have gone with a broker's disk.
    void forget() {
        known.clear();
    }

    private void await(String topic, KafkaFuture<Void> created) {
        try {
            created.get(2L * SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case TopicExistsException _ -> {}
                // Somebody else creates topics here, or nobody can create this one: sending will tell.
                case TopicAuthorizationException _ -> {}
                case ClusterAuthorizationException _ -> {}
                case InvalidTopicException _ -> {}
                case null, default -> throw new KafkaException("cannot create the topic " + topic, e.getCause());
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
            admin.close(Duration.ofSeconds(1));
        }
    }
}
