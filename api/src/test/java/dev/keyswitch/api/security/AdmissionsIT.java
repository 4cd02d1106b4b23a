package dev.keyswitch.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A credential that was let in a moment ago is not looked up again; one that must not be let in any more is refused all the same.
class AdmissionsIT extends ApiIT {

    /// What every reader is promised; a request that is under way belongs to it.
    private static final Duration PROMISED = Duration.ofMillis(250);

    private ApiServer other;

    @BeforeAll
    void startAnotherNode() {
        other = ApiServer.start(configuration());
    }

    @AfterAll
    void stopAnotherNode() {
        other.close();
    }

    @Test
    void holdsARevocationAtOnceHereAndSoonOnTheOtherNode() {
        for (int round = 0; round < 20; round++) {
            Credential viewer = viewer();
            TestClient here = with(value(viewer));
            TestClient there = TestClient.of(other.uri(), value(viewer));
            assertThat(here.get("/v1/whoami").status()).isEqualTo(200);
            assertThat(there.get("/v1/whoami").status()).isEqualTo(200);

            assertThat(owner().delete("/v1/credentials/" + viewer.id()).status()).isEqualTo(204);

            here.get("/v1/whoami").problem(401, "unauthenticated");
            assertThat(untilRefused(there)).isLessThan(PROMISED);
        }
    }

    @Test
    void holdsASuspensionOfAnAccountAtOnceHereAndSoonOnTheOtherNode() {
        CreatedAccount account = admin().post("/v1/accounts", new CreateAccount("admissions", null)).as(201, CreatedAccount.class);
        String value = value(account.ownerCredential());
        TestClient here = with(value);
        TestClient there = TestClient.of(other.uri(), value);
        assertThat(here.get("/v1/whoami").status()).isEqualTo(200);
        assertThat(there.get("/v1/whoami").status()).isEqualTo(200);

        admin().post("/v1/accounts/" + account.account().id() + "/suspend", "").as(200, Object.class);

        here.get("/v1/whoami").problem(401, "unauthenticated");
        assertThat(untilRefused(there)).isLessThan(PROMISED);
    }

    /// A request that is under way while the credential is revoked must not bring it back for those after it.
    @Test
    void letsNobodyInAfterwardsWhoIsAskingAllTheTime() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                Credential viewer = viewer();
                TestClient here = with(value(viewer));
                over.set(false);
                Future<?> asking = threads.submit(() -> {
                    while (!over.get()) {
                        here.get("/v1/whoami");
                    }
                });
                try {
                    Thread.sleep(10);

                    owner().delete("/v1/credentials/" + viewer.id());

                    here.get("/v1/whoami").problem(401, "unauthenticated");
                } finally {
                    over.set(true);
                }
                asking.get();
            }
        }
    }

    private Credential viewer() {
        return owner().post("/v1/credentials", new CreateCredential("viewer", Role.VIEWER, null)).as(201, Credential.class);
    }

    private static String value(Credential credential) {
        return Objects.requireNonNull(credential.value());
    }

    private static Duration untilRefused(TestClient client) {
        long begin = System.nanoTime();
        while (client.get("/v1/whoami").status() != 401) {
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
