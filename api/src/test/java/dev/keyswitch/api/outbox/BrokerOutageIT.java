package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.embedded.EmbeddedKafkaServer;
import dev.keyswitch.embedded.FreePort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker of its own, which is away when the API starts, comes, goes, and comes back.
class BrokerOutageIT extends ApiIT {

    private final int port = FreePort.find();

    @Override
    protected ApiConfiguration configure(ApiConfiguration usual) {
        return new ApiConfiguration(
                usual.host(),
                usual.port(),
                usual.databaseUrl(),
                usual.databaseUser(),
                usual.databasePassword(),
                KafkaConnection.plain("127.0.0.1:" + port),
                usual.store(),
                usual.adminCredentialFile(),
                usual.ownerCredentialFile(),
                usual.account());
    }

    @Test
    void servesWithoutTheBrokerAndCatchesUpInOrder(@TempDir Path data) throws Exception {
        UUID modelA = Samples.model(owner(), "A").id();
        UUID modelB = Samples.model(owner(), "B").id();
        UUID token = Samples.token(owner(), "patient").id();
        Samples.assign(owner(), token, modelA);
        Eventually.holds(() -> withoutCredential().get("/health/readiness").text().contains("BROKER_AWAY"));
        assertThat(withoutCredential().get("/health/readiness").status()).isEqualTo(200);

        try (EmbeddedKafkaServer broker = EmbeddedKafkaServer.start(data, port)) {
            Eventually.holds(() -> unpublished() == 0);
            assertThat(withoutCredential().get("/health/readiness").text()).doesNotContain("DEGRADED");
            assertThat(broker.port()).isEqualTo(port);
        }
        Samples.reassign(owner(), token, modelB);
        assertThat(owner().delete("/v1/tokens/" + token).status()).isEqualTo(204);
        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where last_error is not null") > 0);
        assertThat(unpublished()).isEqualTo(4);

        try (EmbeddedKafkaServer broker = EmbeddedKafkaServer.start(data, port)) {
            Eventually.holds(() -> unpublished() == 0);
            try (TopicReader reader = new TopicReader(broker.bootstrapServers(), Topics.tokens(configuration().account()))) {
                List<String> types = reader.readUntil(token.toString(), 6).stream()
                        .map(record -> TopicReader.header(record, CloudEventHeaders.TYPE))
                        .distinct()
                        .toList();
                assertThat(types)
                        .containsExactly(
                                "dev.keyswitch.token.created.v1",
                                "dev.keyswitch.token.assigned.v1",
                                "dev.keyswitch.token.reassigned.v1",
                                "dev.keyswitch.evaluation-key.superseded.v1",
                                "dev.keyswitch.evaluation-key.revoked.v1",
                                "dev.keyswitch.token.deleted.v1");
            }
        }
    }

    /// An account is there at once. Its topics come with the broker, before there is any event for them.
    @Test
    void createsAccountsWithoutTheBrokerAndTheirTopicsLater(@TempDir Path data) throws Exception {
        for (String slug : List.of("in-the-dark", "in-the-dark-too")) {
            admin().once("dark-" + UUID.randomUUID(), "POST", "/v1/accounts", new CreateAccount(slug, null)).as(201, CreatedAccount.class);
        }

        try (EmbeddedKafkaServer broker = EmbeddedKafkaServer.start(data, port);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Eventually.holds(() -> topics(admin).containsAll(List.of(
                    Topics.tokens("in-the-dark"), Topics.models("in-the-dark"), Topics.access("in-the-dark"),
                    Topics.tokens("in-the-dark-too"), Topics.models("in-the-dark-too"), Topics.access("in-the-dark-too"))));
        }
        assertThat(this.<Long>value("select count(*) from outbox where topic like '%in-the-dark%'")).isZero();
    }

    private static Set<String> topics(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private long unpublished() {
        return this.<Long>value("select count(*) from outbox where published_at is null and topic not like '%.access'");
    }
}
