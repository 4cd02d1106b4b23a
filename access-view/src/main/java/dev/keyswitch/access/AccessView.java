package dev.keyswitch.access;

import dev.keyswitch.contract.event.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The access decisions of one account, held in memory and kept up to date from the account's access topic. For a model server
/// that cannot ask `/v1/introspect` about each query.
///
/// Denies whatever it does not know for certain: until it has read the topic once, and from [Builder#limit] after the last sign
/// that what it knows is all there is. A change that the API has answered is seen here within that time, or everything is
/// denied. The clocks of this machine and of the database must agree to well within it.
///
/// Safe for use by any number of threads; [#mayQuery] waits for nothing.
public final class AccessView implements AutoCloseable {

    private final AccessTable table;
    private final AccessFeed feed;

    private AccessView(AccessTable table, AccessFeed feed) {
        this.table = table;
        this.feed = feed;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Whether this token may query this model now.
    public AccessDecision mayQuery(String tokenValue, UUID modelId) {
        return table.decide(tokenValue, modelId, null);
    }

    /// The same for a query that was encrypted for this evaluation key.
    public AccessDecision mayQuery(String tokenValue, UUID modelId, @Nullable UUID evaluationKeyId) {
        return table.decide(tokenValue, modelId, evaluationKeyId);
    }

    /// Whether anything at all can be allowed now; for the server's own health.
    public boolean isCurrent() {
        return table.isCurrent();
    }

    /// How many token values are known.
    public int tokens() {
        return table.tokens();
    }

    /// Forgets everything and reads the topic from its beginning. Denies until that is done.
    public void rebuild() {
        feed.rebuild();
    }

    @Override
    public void close() {
        feed.close();
    }

    /// What a view needs to know.
    public static final class Builder {

        private String bootstrap = "";
        private String account = "";
        private Duration limit = Duration.ofSeconds(2);
        private Clock clock = Clock.systemUTC();
        private final Map<String, Object> kafka = new HashMap<>();

        private Builder() {}

        /// `host:port,host:port`
        public Builder bootstrapServers(String servers) {
            bootstrap = Objects.requireNonNull(servers);
            return this;
        }

        /// The account's slug.
        public Builder account(String slug) {
            account = Objects.requireNonNull(slug);
            return this;
        }

        /// Everything is denied this long after the last heartbeat; 2 s if not set. The relay sends one every half second.
        public Builder limit(Duration longestSilence) {
            if (longestSilence.compareTo(Duration.ofMillis(500)) < 0) {
                throw new IllegalArgumentException("below half a second there would always be silence");
            }
            limit = longestSilence;
            return this;
        }

        /// For tests.
        public Builder clock(Clock time) {
            clock = Objects.requireNonNull(time);
            return this;
        }

        /// Settings of the Kafka consumer, such as `security.protocol`. What is read, and that it is committed, is not negotiable.
        public Builder kafka(Map<String, ?> settings) {
            kafka.putAll(settings);
            return this;
        }

        /// Begins to read, and returns at once.
        public AccessView open() {
            if (bootstrap.isBlank() || account.isBlank()) {
                throw new IllegalArgumentException("bootstrap servers and account are needed");
            }
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put("bootstrap.servers", bootstrap);
            AccessTable table = new AccessTable(limit, clock);
            return new AccessView(table, AccessFeed.start(settings, Topics.access(account), table));
        }
    }
}
