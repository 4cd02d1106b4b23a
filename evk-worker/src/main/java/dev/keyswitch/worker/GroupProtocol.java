package dev.keyswitch.worker;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the workers of a holder share the partitions: by the broker's own assignment where it has that (no stop of the whole group
/// when one comes or goes), by the older protocol of the clients otherwise. A group moves from one to the other by itself.
enum GroupProtocol {
    CONSUMER(Map.of("group.protocol", "consumer")),
    CLASSIC(Map.of(
            "group.protocol", "classic",
            "partition.assignment.strategy", CooperativeStickyAssignor.class.getName(),
            // Soon noticed when a worker dies; the broker allows no less than 6 s. With the other protocol the broker says.
            "session.timeout.ms", 6_000,
            "heartbeat.interval.ms", 2_000));

    private static final Logger log = LoggerFactory.getLogger(GroupProtocol.class);
    private static final int SECONDS = 10;

    @SuppressWarnings("ImmutableEnumChecker") // made with Map.of
    private final Map<String, Object> settings;

    GroupProtocol(Map<String, Object> settings) {
        this.settings = settings;
    }

    Map<String, Object> settings() {
        return settings;
    }

    /// Asks the broker. One that does not answer, or may not be asked, gets the older protocol, which every broker has.
    static GroupProtocol of(String bootstrap) {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrap,
                "request.timeout.ms", SECONDS * 500,
                "default.api.timeout.ms", SECONDS * 1000))) {
            FinalizedVersionRange version = admin.describeFeatures()
                    .featureMetadata()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .finalizedFeatures()
                    .get("group.version");
            return version != null && version.maxVersionLevel() >= 1 ? CONSUMER : CLASSIC;
        } catch (ExecutionException | TimeoutException e) {
            log.info("Cannot ask the broker for its group protocol because=\"{}\"", e.getMessage());
            return CLASSIC;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CLASSIC;
        }
    }
}
