package dev.keyswitch.api.outbox;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.contract.event.Topics;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that an account's topics are there, so that others may subscribe before the first event. Works in the
/// background: the broker may be away when an account is created, or when a node starts.
@Singleton
public final class AccountTopics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountTopics.class);

    private final TopicCreator creator;
    private final LinkedBlockingQueue<String> slugs = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;
    private volatile boolean closed;

    AccountTopics(TopicCreator creator) {
        this.creator = creator;
    }

    /// Returns at once.
    public void create(String slug) {
        slugs.add(slug);
        begin();
    }

    private synchronized void begin() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("account-topics").start(this::run);
        }
    }

    private void run() {
        try {
            while (!closed) {
                createUntilDone(slugs.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void createUntilDone(String slug) throws InterruptedException {
        Backoff backoff = new Backoff();
        while (!closed) {
            try {
                creator.ensure(List.of(Topics.tokens(slug), Topics.models(slug), Topics.access(slug)));
                return;
            } catch (KafkaException e) {
                Duration wait = backoff.failure();
                LOG.debug("topics not created yet account={} error={}", slug, e.getMessage());
                Thread.sleep(wait);
            }
        }
    }

    @Override
    @PreDestroy
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Factory
    static final class Creators {

        @Singleton
        @Bean(preDestroy = "close")
        TopicCreator topicCreator(
                ApiConfiguration configuration, @Value("${keyswitch.events.partitions}") int partitions) {
            return new TopicCreator(configuration.kafka(), partitions);
        }
    }
}
