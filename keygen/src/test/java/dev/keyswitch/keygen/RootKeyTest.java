package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RootKeyTest {

    static Stream<JsonNode> marks() {
        return MarkVectors.marks();
    }

    @ParameterizedTest
    @MethodSource("marks")
    void hasTheFingerprintThatOtherProgramsFind(JsonNode vector) {
        try (RootKey root = RootKey.of(Vectors.hex(vector.get("rootKey")))) {
            assertThat(root.fingerprint()).isEqualTo(vector.get("fingerprint").asText());
        }
    }

    @Test
    void isMadeAnewEachTime() {
        SecureRandom random = new SecureRandom();

        assertThat(RootKey.generate(random).fingerprint()).isNotEqualTo(RootKey.generate(random).fingerprint());
    }

    @Test
    void keepsACopyAndClearsItWhenClosed() {
        byte[] bytes = new byte[32];
        RootKey root = RootKey.of(bytes);
        String fingerprint = root.fingerprint();
        byte[] kept = root.bytes();
        bytes[0] = 1;
        kept[31] = 0;
        assertThat(root.fingerprint()).isEqualTo(fingerprint);
        kept[31] = 7;

        root.close();

        assertThat(kept).containsOnly(0);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(root::fingerprint);
    }

    @Test
    void isNotPrinted() {
        assertThat(RootKey.of(new byte[32])).hasToString("RootKey[redacted]");
    }

    @Test
    void hasExactly256Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> RootKey.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> RootKey.of(new byte[33]));
    }
}
