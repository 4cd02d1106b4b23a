package dev.keyswitch.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.embedded.EmbeddedPostgresServer;
import dev.keyswitch.embedded.TestServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database of its own, which goes and comes back.
class DatabaseOutageIT {

    @Test
    void answersUnavailableAndRecoversByItself(@TempDir Path folder) throws Exception {
        EmbeddedPostgresServer database = EmbeddedPostgresServer.start(folder.resolve("postgresql"), 0);
        database.createDatabase("outage");
        ApiConfiguration configuration = configuration(folder, database);
        try (ApiServer server = ApiServer.start(configuration)) {
            TestClient owner = TestClient.of(server.uri(), Files.readString(folder.resolve("owner.credential")).strip());
            Token before = Samples.token(owner, "before");

            database.close();
            owner.get("/v1/tokens/" + before.id()).problem(503, "unavailable");
            assertThat(owner.get("/v1/whoami").header("Retry-After")).isEqualTo("1");
            assertThat(owner.get("/health/readiness").status()).isEqualTo(503);
            assertThat(owner.get("/health/liveness").status()).isEqualTo(200);

            database = EmbeddedPostgresServer.start(folder.resolve("postgresql"), database.port());
            Eventually.holds(() -> owner.get("/health/readiness").status() == 200);
            assertThat(owner.get("/v1/tokens/" + before.id()).as(200, Token.class).name()).isEqualTo("before");
            Samples.token(owner, "after");
            Eventually.holds(() -> owner.get("/health/readiness").text().contains("\"waiting\":0"));
        } finally {
            database.close();
        }
    }

    @Test
    void whoeverIsCaughtByTheOutageIsToldToTryAgain(@TempDir Path folder) throws Exception {
        EmbeddedPostgresServer database = EmbeddedPostgresServer.start(folder.resolve("postgresql"), 0);
        database.createDatabase("outage");
        try (ApiServer server = ApiServer.start(configuration(folder, database));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            TestClient owner = TestClient.of(server.uri(), Files.readString(folder.resolve("owner.credential")).strip());
            Token token = Samples.token(owner, "caught");
            AtomicBoolean gone = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();

            List<Future<Set<Integer>>> answers = Stream.<Supplier<TestClient.Answer>>of(
                            () -> owner.get("/v1/tokens/" + token.id()),
                            () -> owner.get("/v1/tokens"),
                            () -> owner.post("/v1/tokens", Map.of("name", "another")),
                            () -> owner.delete("/v1/tokens/" + token.id() + "/assignment"))
                    .map(call -> callers.submit(() -> statuses(call, gone, served)))
                    .toList();
            Eventually.holds(() -> served.get() > 100);
            database.close();
            gone.set(true);

            for (Future<Set<Integer>> seen : answers) {
                assertThat(seen.get()).contains(503).isSubsetOf(200, 201, 503);
            }
        } finally {
            database.close();
        }
    }

    /// What a caller sees who calls again and again until the database is gone, and once more.
    private static Set<Integer> statuses(Supplier<TestClient.Answer> call, AtomicBoolean gone, AtomicInteger served) {
        Set<Integer> seen = new HashSet<>();
        boolean last;
        do {
            last = gone.get();
            seen.add(call.get().status());
            served.incrementAndGet();
        } while (!last);
        return seen;
    }

    @Test
    void doesNotStartWithoutADatabase(@TempDir Path folder) throws Exception {
        EmbeddedPostgresServer database = EmbeddedPostgresServer.start(folder.resolve("postgresql"), 0);
        database.createDatabase("outage");
        ApiConfiguration configuration = configuration(folder, database);
        database.close();

        assertThatThrownBy(() -> ApiServer.start(configuration).close()).hasRootCauseMessage("Connection refused");
    }

    private static ApiConfiguration configuration(Path folder, EmbeddedPostgresServer database) {
        return new ApiConfiguration(
                "127.0.0.1",
                0,
                database.jdbcUrl("outage"),
                database.user(),
                database.password(),
                KafkaConnection.plain(TestServices.start().kafkaBootstrap()),
                folder.resolve("store"),
                null,
                folder.resolve("owner.credential"),
                "outage");
    }
}
