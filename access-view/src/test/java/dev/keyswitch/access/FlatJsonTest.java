package dev.keyswitch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {

    @Test
    void readsTextsNumbersBooleansAndLeavesNullsOut() {
        assertThat(FlatJson.read(" { \"a\" : \"b c\", \"n\":-12,\n\"t\":true,\"x\":null} ".getBytes(StandardCharsets.UTF_8)))
                .containsOnly(
                        java.util.Map.entry("a", "b c"), java.util.Map.entry("n", "-12"), java.util.Map.entry("t", "true"));
        assertThat(FlatJson.read("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "{", "[]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1} x", "{\"a\":{}}", "{\"a\":[]}", "{\"a\":1.5}",
                "{\"a\":\"\\n\"}", "{\"a\":\"b}", "{\"a\":1,\"a\":2}", "{a:1}", "{\"a\":99999999999999999999}", "null"
            })
    void refusesEverythingElse(String json) {
        assertThatThrownBy(() -> FlatJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
