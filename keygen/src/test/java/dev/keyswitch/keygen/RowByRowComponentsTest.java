package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.FreshRandomness;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of small rings are made row by row here, too; so threads are often more than a component has rows.
@Timeout(120)
class RowByRowComponentsTest {
    private static final KeyProfile TINY = TinyKeys.profile(TinyKeys.CKKS, KeyForm.PLAIN, SealStamp.V3_7);
    /// Rows as large as the writer's buffer, so that the stream gets every one alone.
    private static final int ROW_DEGREE = 8192;
    private static final KeyProfile ROWS = new KeyProfile(
            EncryptionParameters.of(Scheme.CKKS, ROW_DEGREE, Primes.create(ROW_DEGREE, 40, 40, 40), 0),
            RotationSteps.of(1),
            true,
            KeyForm.PLAIN,
            SealStamp.V3_7);

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void makesKeysThatVerifyOnAnyNumberOfThreads(Scheme scheme) throws Exception {
        EncryptionParameters parameters = TinyKeys.parameters(scheme);
        KeyProfile profile = TinyKeys.profile(parameters, KeyForm.PLAIN, SealStamp.V4_4);
        for (int threads : new int[] {1, 2, 3, 8, 100}) {
            for (int round = 0; round < 20; round++) {
                try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
                    byte[] key = TinyKeys.evaluationKey(generator(threads), secretKey, profile);

                    assertThat(TinyKeys.verify(secretKey, profile, key).components()).isEqualTo(8);
                }
            }
        }
    }

    /// Whoever makes second polynomials' rows is never so far ahead that one is lost which is not written yet.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void keepsSecondPolynomialsForAStreamThatIsSlow(int threads) throws Exception {
        RecordingKernel recording = new RecordingKernel();
        ByteArrayOutputStream slow = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                awaitStandstill(recording);
                super.write(bytes, offset, length);
            }
        };
        try (SecretKey secretKey = TinyKeys.secretKey(ROWS.parameters())) {
            generator(threads, recording.kernel()).generate(secretKey, ROWS, slow, ProgressListener.NONE);

            assertThat(TinyKeys.verify(secretKey, ROWS, slow.toByteArray()).components()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void makesTheBytesOfWholeComponentsOnOneThread(Scheme scheme) throws IOException {
        EncryptionParameters parameters = TinyKeys.parameters(scheme);
        KeyProfile profile = TinyKeys.profile(parameters, KeyForm.PLAIN, SealStamp.V3_7);
        try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
            assertThat(fixed(secretKey, profile, 0)).isEqualTo(fixed(secretKey, profile, Long.MAX_VALUE));
        }
    }

    @Test
    void writesLargePlainComponentsWhileTheyAreMade() throws IOException {
        EncryptionParameters parameters = EncryptionParameters.of(Scheme.CKKS, 16384, Primes.create(16384, 60, 40, 40, 40, 60), 0);
        KeyProfile profile = new KeyProfile(parameters, RotationSteps.none(), true, KeyForm.PLAIN, SealStamp.V3_7);
        RecordingKernel recording = new RecordingKernel();
        List<Integer> rowsWhenWritten = new ArrayList<>();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) {
                throw new AssertionError("comes in blocks");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                rowsWhenWritten.add(recording.rows());
            }
        };
        try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
            new EvaluationKeyGenerator(RowByRowComponentsTest::fresh, 1, recording::kernel)
                    .generate(secretKey, profile, out, ProgressListener.NONE);
        }
        assertThat(rowsWhenWritten).startsWith(1, 1, 1, 2, 2, 2, 3);
    }

    @Test
    void neverUsesARowOfASecondPolynomialTwice() throws IOException {
        ComponentMap map = ComponentMap.of(TINY);
        int rowBytes = TinyKeys.DEGREE * Long.BYTES;
        Set<ByteBuffer> rows = new HashSet<>();
        int written = 0;
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.CKKS)) {
            for (int threads : new int[] {1, 2, 3, 8}) {
                for (int round = 0; round < 50; round++) {
                    byte[] key = TinyKeys.evaluationKey(generator(threads), secretKey, TINY);
                    for (int component = 0; component < map.starts().size(); component++) {
                        for (int start = 0; start < map.c1Bytes(); start += rowBytes) {
                            rows.add(ByteBuffer.wrap(key, map.c1(component) + start, rowBytes));
                            written++;
                        }
                    }
                }
            }
        }
        assertThat(rows).hasSize(written);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void drawsNoiseOnceForEachComponentAndClearsItWithTheLastRow(int threads) throws IOException {
        RecordingKernel recording = new RecordingKernel();
        List<Integer> kept = new ArrayList<>();
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.CKKS)) {
            generator(threads, recording.kernel())
                    .generate(secretKey, TINY, OutputStream.nullOutputStream(), (_, _) -> kept.add(count(recording)));
        }
        // Each thread is at one row, and what is ready beyond those are rows of as many components at most.
        int mostAtWork = 1 + (threads + 2) / 3;
        assertThat(kept).allMatch(count -> count <= mostAtWork);
        assertThat(recording.noises()).hasSize(8);
        assertThat(count(recording)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void endsWithClearedNoiseWhenTheStreamFails(int threads) {
        RecordingKernel recording = new RecordingKernel();
        OutputStream full = new OutputStream() {
            private int blocks;

            @Override
            public void write(int octet) {
                throw new AssertionError("comes in blocks");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                blocks++;
                if (blocks > 2) {
                    throw new IOException("no space left");
                }
            }
        };
        try (SecretKey secretKey = TinyKeys.secretKey(ROWS.parameters())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> generator(threads, recording.kernel()).generate(secretKey, ROWS, full, ProgressListener.NONE))
                    .withMessage("no space left");
        }
        assertEnded(recording);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void endsWithClearedNoiseWhenInterrupted(int threads) {
        RecordingKernel recording = new RecordingKernel();
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.CKKS)) {
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> generator(threads, recording.kernel())
                            .generate(secretKey, TINY, OutputStream.nullOutputStream(), (done, _) -> {
                                if (done == 2) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertEnded(recording);
    }

    /// The caller begins when the other thread has failed or is about to.
    @Test
    void endsWithClearedNoiseWhenAnotherThreadFails() {
        RecordingKernel recording = new RecordingKernel();
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        Supplier<KeyRandomness> randomness = () -> {
            if (Thread.currentThread() != caller) {
                return failingNoise(begun);
            }
            KeygenThreads.await(begun);
            return fresh();
        };
        assertFails(ROWS, 2, randomness, recording).havingCause().withMessage("no noise today");
    }

    /// The caller fails while the other thread draws noise, which takes longer than anyone stays awake.
    @Test
    void clearsNoiseWhenNoThreadIsAtWorkAnyMore() {
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        RecordingKernel recording = new RecordingKernel(() -> {
            begun.countDown();
            pause(200);
        });
        Supplier<KeyRandomness> randomness = () -> {
            if (Thread.currentThread() == caller) {
                KeygenThreads.await(begun);
                throw new IllegalStateException("no randomness today");
            }
            return fresh();
        };
        assertFails(TINY, 2, randomness, recording).withMessage("no randomness today");
    }

    @Test
    void endsWithClearedNoiseWhenTheCallersOwnRowFails() {
        RecordingKernel recording = new RecordingKernel();
        Supplier<KeyRandomness> randomness = () -> failingNoise(new CountDownLatch(1));
        assertFails(ROWS, 1, randomness, recording).withMessage("no noise today");
    }

    @Test
    void staysWithinTheMemoryOfARun() {
        int[] bits = new int[15];
        Arrays.fill(bits, 40);
        EncryptionParameters parameters = EncryptionParameters.ofInsecureForTests(Scheme.CKKS, 32768, Primes.create(32768, bits), 0);
        KeyProfile profile = new KeyProfile(parameters, RotationSteps.none(), true, KeyForm.PLAIN, SealStamp.V3_7);
        long row = 32768 * 8;
        try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
            ComponentPlan plan = new ComponentPlan(secretKey, profile);

            assertThat(RowByRowComponents.threads(2, plan, 32 << 20)).isEqualTo(2);
            // Two rows for each of five buffers, and those of one second polynomial.
            assertThat(RowByRowComponents.threads(100, plan, (15 + 2 * 5) * row)).isEqualTo(3);
            assertThat(RowByRowComponents.threads(100, plan, (15 + 2 * 5) * row - 1)).isEqualTo(2);
            assertThat(RowByRowComponents.threads(100, plan, 0)).isEqualTo(1);
        }
    }

    private static ThrowableAssertAlternative<IllegalStateException> assertFails(
            KeyProfile profile, int threads, Supplier<KeyRandomness> randomness, RecordingKernel recording) {
        try (SecretKey secretKey = TinyKeys.secretKey(profile.parameters())) {
            ThrowableAssertAlternative<IllegalStateException> failure = assertThatIllegalStateException()
                    .isThrownBy(() -> new EvaluationKeyGenerator(randomness, threads, recording::kernel, 0)
                            .generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE));
            assertEnded(recording);
            return failure;
        }
    }

    private static void assertEnded(RecordingKernel recording) {
        int rows = recording.rows();
        assertThat(recording.noises()).isNotEmpty();
        assertThat(count(recording)).isZero();
        KeygenThreads.assertNoneAtWorkIn(RowGenerator.class);
        assertThat(recording.rows()).isEqualTo(rows);
    }

    /// Arrays of noise that are not cleared.
    private static int count(RecordingKernel recording) {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        arrays.addAll(recording.noises());
        int count = 0;
        for (byte[] noise : arrays) {
            int any = 0;
            for (byte value : noise) {
                any |= value;
            }
            count += any == 0 ? 0 : 1;
        }
        return count;
    }

    /// Until no row was begun for a while, since all threads wait for the writer.
    private static void awaitStandstill(RecordingKernel recording) {
        int seen = -1;
        while (seen != recording.rows()) {
            seen = recording.rows();
            pause(20);
        }
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EvaluationKeyGenerator generator(int threads) {
        return generator(threads, Kernels.scalar());
    }

    private static EvaluationKeyGenerator generator(int threads, GenerationKernel kernel) {
        return new EvaluationKeyGenerator(RowByRowComponentsTest::fresh, threads, () -> kernel, 0);
    }

    private static KeyRandomness fresh() {
        return new FreshRandomness(new SecureRandom());
    }

    private static byte[] fixed(SecretKey secretKey, KeyProfile profile, long rowByRowFrom) {
        byte[] seed = new byte[Blake2xbStream.SEED];
        return TinyKeys.evaluationKey(
                new EvaluationKeyGenerator(() -> new InsecureFixedSeedRandomness(seed), 1, Kernels::scalar, rowByRowFrom),
                secretKey,
                profile);
    }

    /// Gives the first words of noise and then fails, so that noise is drawn in part.
    private static KeyRandomness failingNoise(CountDownLatch begun) {
        return new OtherNoise(stream -> new ByteStream() {
            private boolean used;

            @Override
            public void read(byte[] target, int offset, int length) {
                if (used) {
                    begun.countDown();
                    throw new IllegalStateException("no noise today");
                }
                used = true;
                stream.read(target, offset, length);
            }

            @Override
            public void close() {
                stream.close();
            }
        });
    }
}
