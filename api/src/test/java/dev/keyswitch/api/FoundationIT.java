package dev.keyswitch.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/// What every call has in common.
class FoundationIT extends ApiIT {

    @Test
    void tellsACallerWhoItIs() {
        Whoami whoami = owner().get("/v1/whoami").as(200, Whoami.class);
        Account account = owner().get("/v1/account").as(200, Account.class);

        assertThat(whoami.role()).isEqualTo(Role.OWNER);
        assertThat(whoami.accountId()).isEqualTo(account.id());
        assertThat(whoami.deploymentId()).isEqualTo(account.deploymentId());
    }

    @Test
    void answersOneConstant401() {
        withoutCredential().get("/v1/whoami").problem(401, "unauthenticated");
        with("nonsense").get("/v1/whoami").problem(401, "unauthenticated");
        with("ksm_" + "0".repeat(43) + "000000").get("/v1/whoami").problem(401, "unauthenticated");
        withoutCredential().get("/v1/nothing").problem(401, "unauthenticated");
    }

    @Test
    void showsTheAdministratorNothingInsideAnAccount() {
        admin().get("/v1/account").problem(403, "forbidden");
        assertThat(admin().get("/v1/whoami").as(200, Whoami.class).accountId()).isNull();
    }

    @Test
    void answersProblemsForWhatTheServerItselfRefuses() {
        owner().get("/v1/nothing").problem(404, "not-found");
        withoutCredential().get("/nothing").problem(404, "not-found");
        owner().delete("/v1/whoami").problem(405, "method-not-allowed");
        owner().send(owner().request("/nothing").header("Accept", "text/html").GET()).problem(404, "not-found");
        owner().send(owner().request("/v1/whoami").header("Accept", "image/png").GET()).problem(406, "not-acceptable");
        owner().send(owner().request("/v1/whoami").POST(BodyPublishers.ofString("x"))).problem(405, "method-not-allowed");
    }

    @Test
    void answersARequestId() {
        assertThat(owner().get("/v1/whoami").header("X-Request-Id")).hasSize(36);
        assertThat(owner().send(owner().request("/v1/whoami").header("X-Request-Id", "mine-1"))
                        .header("X-Request-Id"))
                .isEqualTo("mine-1");
        assertThat(owner().send(owner().request("/v1/whoami").header("X-Request-Id", "a b"))
                        .header("X-Request-Id"))
                .hasSize(36);
        assertThat(owner().get("/v1/nothing").http().headers().allValues("X-Request-Id")).hasSize(1);
        assertThat(with("nonsense").get("/v1/whoami").http().headers().allValues("X-Request-Id")).hasSize(1);
    }

    @Test
    void isAliveAndReady() {
        assertThat(withoutCredential().get("/health/liveness").status()).isEqualTo(200);
        assertThat(withoutCredential().get("/health/readiness").status()).isEqualTo(200);
        assertThat(withoutCredential().get("/health/readiness").text()).contains("UP");
    }
}
