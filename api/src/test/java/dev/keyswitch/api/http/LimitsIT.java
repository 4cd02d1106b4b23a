package dev.keyswitch.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.idempotency.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is too large or unreadable is refused in words, with and without an Idempotency-Key: reading the body early changes nothing.
class LimitsIT extends ApiIT {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void refusesABodyAboveAMebibyte() {
        String large = "{\"name\":\"" + "x".repeat(MEBIBYTE) + "\"}";

        assertThat(owner().post("/v1/tokens", large).problem(413, "payload-too-large").detail()).contains("1 MiB").doesNotContain("micronaut");
        owner().once(Keys.next(), "POST", "/v1/tokens", large).problem(413, "payload-too-large");
        owner().once(Keys.next(), "DELETE", "/v1/tokens/0190163d-8694-739b-aea5-966c26f8ad91", large).problem(413, "payload-too-large");
    }

    @Test
    void readsABodyJustBelow() {
        String large = "{\"name\":\"x\",\"note\":\"" + "x".repeat(MEBIBYTE - 40) + "\"}";

        owner().post("/v1/tokens", large).problem(422, "invalid-fields");
        owner().once(Keys.next(), "POST", "/v1/tokens", large).problem(422, "invalid-fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "{\"name\":1}", "{\"name\":\"a\",\"name\":\"b\"}", "{\"nmae\":\"x\"}", "{\"name\":\"\\ud800\"}", "{\"name\":\"\\u0000\"}"})
    void answersTheSameWithAndWithoutAKey(String body) {
        var without = owner().post("/v1/tokens", body);
        var with = owner().once(Keys.next(), "POST", "/v1/tokens", body);

        assertThat(without.status()).isBetween(400, 499);
        assertThat(with.status()).isEqualTo(without.status());
        assertThat(with.json().get("detail")).isEqualTo(without.json().get("detail"));
    }
}
