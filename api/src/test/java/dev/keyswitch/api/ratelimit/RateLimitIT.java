package dev.keyswitch.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RateLimitIT extends ApiIT {

    @Override
    protected ApiConfiguration configure(ApiConfiguration usual) {
        System.setProperty("keyswitch.rate-limit.per-second", "1");
        System.setProperty("keyswitch.rate-limit.burst", "5");
        return usual;
    }

    @AfterAll
    void reset() {
        System.clearProperty("keyswitch.rate-limit.per-second");
        System.clearProperty("keyswitch.rate-limit.burst");
    }

    @Test
    void refusesACredentialThatCallsTooOftenAndNoOther() {
        TestClient busy = with(Samples.credential(owner(), Role.VIEWER, null));
        Answer first = busy.get("/v1/whoami");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("RateLimit-Limit")).isEqualTo("5");
        assertThat(first.header("RateLimit-Remaining")).isEqualTo("4");
        assertThat(first.header("RateLimit-Reset")).isEqualTo("1");

        Eventually.holds(() -> busy.get("/v1/whoami").status() == 429);

        Answer refused = busy.get("/v1/whoami");
        refused.problem(429, "rate-limited");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(admin().get("/v1/whoami").status()).isEqualTo(200);
        Eventually.holds(() -> busy.get("/v1/whoami").status() == 200);
    }
}
