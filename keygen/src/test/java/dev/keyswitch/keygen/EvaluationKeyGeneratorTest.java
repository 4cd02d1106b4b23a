package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationKeyGeneratorTest {

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void neverUsesARandomPolynomialOrNoiseTwice(KeyForm form) {
        KeyProfile profile = TinyKeys.profile(TinyKeys.CKKS, form, SealStamp.V3_7);
        ComponentMap map = ComponentMap.of(profile);
        Set<ByteBuffer> polynomials = new HashSet<>();
        int written = 0;
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.CKKS)) {
            for (int round = 0; round < 50; round++) {
                byte[] key = TinyKeys.evaluationKey(secretKey, profile);
                for (int component = 0; component < map.starts().size(); component++) {
                    polynomials.add(ByteBuffer.wrap(key, map.c0(component), map.polynomialBytes()));
                    polynomials.add(ByteBuffer.wrap(key, map.c1(component), map.c1Bytes()));
                    written += 2;
                }
            }
        }
        assertThat(polynomials).hasSize(written);
    }

    @Test
    void tellsItsProgressAfterEveryComponent() throws IOException {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        List<String> told = new ArrayList<>();
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            new EvaluationKeyGenerator()
                    .generate(secretKey, profile, OutputStream.nullOutputStream(), (done, total) -> told.add(done + "/" + total));
        }
        assertThat(told).containsExactly("1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8");
    }

    @Test
    void refusesASecretKeyOfOtherParameters() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BGV)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EvaluationKeyGenerator()
                            .generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE));
        }
    }

    @Test
    void passesOnWhatTheStreamThrows() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no space left");
            }
        };
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new EvaluationKeyGenerator().generate(secretKey, profile, full, ProgressListener.NONE))
                    .withMessage("no space left");
        }
    }

    @Test
    void leavesTheStreamOpenAndHandsEverythingOver() throws IOException {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.PLAIN, SealStamp.V3_7);
        long[] written = {0};
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int octet) {
                written[0]++;
            }

            @Override
            public void close() {
                throw new AssertionError("not ours to close");
            }
        };
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            new EvaluationKeyGenerator().generate(secretKey, profile, counting, ProgressListener.NONE);
        }
        assertThat(written[0]).isEqualTo(profile.layout().sizeBytes());
    }
}
