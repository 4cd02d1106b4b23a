package dev.keyswitch.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.account.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitIT extends ApiIT {

    @Override
    protected Map<String, String> settings() {
        return Map.of("keyswitch.rate-limit.per-second", "1", "keyswitch.rate-limit.burst", "5");
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
