package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
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

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void makesTheSameBytesOnAnyNumberOfThreads(Scheme scheme) throws IOException {
        EncryptionParameters parameters = TinyKeys.parameters(scheme);
        try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
            for (KeyForm form : KeyForm.values()) {
                KeyProfile profile = TinyKeys.profile(parameters, form, SealStamp.V3_7);
                byte[] expected = fixed(secretKey, profile, 1);
                for (int threads : new int[] {2, 3, 8, 100}) {
                    assertThat(fixed(secretKey, profile, threads)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void leavesNoThreadAtWorkWhenTheStreamFails() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no space left");
            }
        };
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new EvaluationKeyGenerator(4).generate(secretKey, profile, full, ProgressListener.NONE));
        }
        KeygenThreads.assertNoneAtWorkIn(ComponentGenerator.class);
    }

    /// The caller waits until the other thread has begun a component, which nobody will ever finish.
    @Test
    void passesOnWhatGoesWrongOnAnotherThread() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        KeyRandomness failing = new InsecureFixedSeedRandomness(new byte[Blake2xbStream.SEED]) {
            @Override
            public void nextSeed(byte[] seed) {
                if (Thread.currentThread() != caller) {
                    begun.countDown();
                    throw new IllegalArgumentException("no randomness today");
                }
                super.nextSeed(seed);
            }
        };
        EvaluationKeyGenerator generator = new EvaluationKeyGenerator(
                () -> {
                    if (Thread.currentThread() == caller) {
                        KeygenThreads.await(begun);
                    }
                    return failing;
                },
                2,
                Kernels::present);
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            generator.generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE))
                    .havingCause()
                    .withMessage("no randomness today");
        }
    }

    @Test
    void stopsWhenInterrupted() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> new EvaluationKeyGenerator(2)
                            .generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void saysWhereTheTimeWent(KeyForm form) throws IOException {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, form, SealStamp.V3_7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            Map<GenerationStage, Long> stages = new EvaluationKeyGenerator().generateMeasured(secretKey, profile, out);

            assertThat(stages).containsOnlyKeys(GenerationStage.values());
            assertThat(stages.values()).allMatch(nanos -> nanos > 0);
        }
        assertThat(out.size()).isEqualTo((int) profile.layout().sizeBytes());
    }

    private static byte[] fixed(SecretKey secretKey, KeyProfile profile, int threads) {
        byte[] seed = new byte[Blake2xbStream.SEED];
        return TinyKeys.evaluationKey(
                new EvaluationKeyGenerator(() -> new InsecureFixedSeedRandomness(seed), threads, Kernels::scalar),
                secretKey,
                profile);
    }
}
