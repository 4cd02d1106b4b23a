package dev.keyswitch.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The end of a token is said twice: when it comes near, and when it is over.
class ExpiryIT extends ApiIT {

    /// Long enough that a sweep whose clock was read before this was written cannot take it for an end that only comes near.
    private static final String OVER = "update token set expires_at = now() - interval '1 minute' where id = ?";

    @Override
    protected Map<String, String> settings() {
        return Map.of("keyswitch.token.sweep-every", "50ms");
    }

    @Test
    void saysOnceThatTheEndComesNearAndOnceThatItIsOver() {
        Token token = Samples.token(owner(), "ending");
        execute("update token set expires_at = now() + interval '6 days' where id = ?", token.id());
        Eventually.holds(() -> events(token.id(), "expiring") == 1);

        execute(OVER, token.id());
        Eventually.holds(() -> events(token.id(), "expired") == 1);

        owner().patch("/v1/tokens/" + token.id(), "{\"expiresAt\":\"" + Instant.now().plus(Duration.ofDays(20)) + "\"}")
                .as(200, Token.class);
        execute(OVER, token.id());
        Eventually.holds(() -> events(token.id(), "expired") == 2);
        assertThat(events(token.id(), "expiring")).isEqualTo(1);
    }

    @Test
    void saysNothingOfTheNearEndOfATokenThatIsMadeForAShortTime() {
        Token token = owner().post("/v1/tokens", new CreateToken("short", null, 2, null, null, null, null)).as(201, Token.class);
        Token canceled = Samples.token(owner(), "canceled");
        execute("update token set status = 'CANCELED', expires_at = now() where id = ?", canceled.id());
        Token last = Samples.token(owner(), "last");
        execute(OVER, last.id());

        Eventually.holds(() -> events(last.id(), "expired") == 1);

        assertThat(events(token.id(), "expiring")).isZero();
        assertThat(events(canceled.id(), "expired")).isZero();
    }

    private long events(UUID token, String what) {
        return value(
                "select count(*) from outbox where record_key = ? and type = ?",
                token.toString(),
                "dev.keyswitch.token." + what + ".v1");
    }
}
