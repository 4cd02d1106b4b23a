package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HolderMacTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final KeyId ID = new KeyId(new UUID(1, 1), new UUID(2, 2), new UUID(3, 3), 4);
    private static final List<Part> PARTS =
            List.of(new Part(PartKind.RELINEARIZATION, 0, 100), new Part(PartKind.ROTATION, 100, 50));

    static Stream<JsonNode> marks() {
        return MarkVectors.marks();
    }

    @ParameterizedTest
    @MethodSource("marks")
    void signsAsOtherProgramsDo(JsonNode vector) {
        try (RootKey root = RootKey.of(Vectors.hex(vector.get("rootKey")))) {
            String mac = HolderMac.sign(
                    root, MarkVectors.keyId(vector), vector.get("sha256").asText(), MarkVectors.parts(vector));

            assertThat(mac).isEqualTo(vector.get("mac").asText());
        }
    }

    @Test
    void recognisesExactlyWhatItSigned() {
        try (RootKey root = RootKey.of(new byte[32]);
                RootKey other = RootKey.generate(new SecureRandom())) {
            String mac = HolderMac.sign(root, ID, DIGEST, PARTS);

            assertThat(HolderMac.verify(root, ID, DIGEST, PARTS, mac)).isTrue();
            assertThat(HolderMac.verify(root, ID, DIGEST.toUpperCase(Locale.ROOT), PARTS, mac)).isTrue();
            assertThat(HolderMac.verify(other, ID, DIGEST, PARTS, mac)).isFalse();
            assertThat(HolderMac.verify(root, ID, "ac" + DIGEST.substring(2), PARTS, mac)).isFalse();
            assertThat(HolderMac.verify(root, ID, DIGEST, PARTS.reversed(), mac)).isFalse();
            assertThat(HolderMac.verify(root, ID, DIGEST, PARTS.subList(0, 1), mac)).isFalse();
            assertThat(HolderMac.verify(root, ID, DIGEST, PARTS, mac.substring(2))).isFalse();
            assertThat(HolderMac.verify(root, ID, DIGEST, PARTS, "")).isFalse();
            assertThat(HolderMac.verify(root, ID, DIGEST, PARTS, "not hexadecimal \u00e9")).isFalse();
        }
    }

    @Test
    void refusesWhatIsNoDigest() {
        try (RootKey root = RootKey.of(new byte[32])) {
            assertThatIllegalArgumentException().isThrownBy(() -> HolderMac.sign(root, ID, "abcd", PARTS));
            assertThatIllegalArgumentException().isThrownBy(() -> HolderMac.sign(root, ID, "x".repeat(64), PARTS));
        }
    }
}
