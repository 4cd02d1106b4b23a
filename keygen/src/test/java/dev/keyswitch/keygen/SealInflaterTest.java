package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class SealInflaterTest {
    private static final KeyProfile PROFILE = TinyKeys.profile(TinyKeys.BFV, KeyForm.PLAIN, SealStamp.V3_7);
    private static final SecretKey SECRET = TinyKeys.secretKey(TinyKeys.BFV);
    private static final byte[] KEY = TinyKeys.evaluationKey(SECRET, PROFILE);
    private static final SealInflater INFLATER = new SealInflater(Packing.ZSTD_JNI);

    static Stream<KeyProfile> profiles() {
        return Stream.of(KeyForm.values())
                .flatMap(form -> Stream.of(SealStamp.V3_7, SealStamp.V4_4)
                        .map(stamp -> TinyKeys.profile(TinyKeys.CKKS, form, stamp)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void unpacksToTheBytesThatWerePacked(KeyProfile profile) throws IOException {
        byte[] key = TinyKeys.evaluationKey(TinyKeys.secretKey(TinyKeys.CKKS), profile);
        for (Packing packing : Packing.values()) {
            byte[] packed = packing.evaluationKey(profile, key);

            assertThat(INFLATER.evaluationKey(profile, new ByteArrayInputStream(packed)).readAllBytes()).isEqualTo(key);
            assertThat(oneByOne(INFLATER.evaluationKey(profile, new ByteArrayInputStream(packed)))).isEqualTo(key);
        }
    }

    @Test
    void takesObjectsThatArePackedInDifferentWays() throws Exception {
        var parts = PROFILE.layout().parts();
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        mixed.writeBytes(Packing.ZSTD.object(Packing.part(KEY, parts.get(0))));
        mixed.writeBytes(Packing.ZLIB.object(Packing.part(KEY, parts.get(1))));

        assertThat(verify(mixed.toByteArray()).components()).isEqualTo(8);
    }

    @Test
    void unpacksSecretAndPublicKeys() throws Exception {
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        SECRET.writeTo(secret, SealStamp.V4_1);
        ByteArrayOutputStream publicKey = new ByteArrayOutputStream();
        PublicKeyGenerator.write(SECRET, KeyForm.SEEDED, SealStamp.V4_1, publicKey);
        for (Packing packing : Packing.values()) {
            InputStream packedSecret = new ByteArrayInputStream(packing.object(secret.toByteArray()));
            InputStream packedPublic = new ByteArrayInputStream(packing.object(publicKey.toByteArray()));

            try (InputStream secretIn = INFLATER.secretKey(TinyKeys.BFV, SealStamp.V4_1, packedSecret);
                    SecretKey read = SecretKey.readFrom(secretIn, TinyKeys.BFV, SealStamp.V4_1);
                    InputStream in =
                            INFLATER.publicKey(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V4_1, packedPublic)) {
                assertThat(PublicKeyCheck.verify(read, KeyForm.SEEDED, SealStamp.V4_1, in).components()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void refusesEveryTruncationAndAnythingThatFollows(Packing packing) {
        byte[] packed = packing.evaluationKey(PROFILE, KEY);
        for (int length = 0; length < packed.length; length++) {
            byte[] truncated = Arrays.copyOf(packed, length);
            assertThatExceptionOfType(MalformedKeyException.class).isThrownBy(() -> check(truncated));
        }
        refused(Arrays.copyOf(packed, packed.length + 1), "more bytes follow");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void refusesObjectsThatUnpackToMoreOrLessThanTheyShould(Packing packing) {
        byte[] first = Packing.part(KEY, PROFILE.layout().parts().getFirst());

        refused(packing.object(Arrays.copyOf(first, first.length - 1)), "unpacks to too few bytes: 1 are missing");
        refused(packing.object(Arrays.copyOf(first, first.length + 1)), "unpacks to too many bytes");
    }

    /// A gigabyte of zeros in a megabyte or less: nothing beyond the expected length is ever unpacked.
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void stopsUnpackingABombAtTheExpectedLength(Packing packing) throws IOException {
        byte[] first = Packing.part(KEY, PROFILE.layout().parts().getFirst());
        byte[] honestPrefix = Arrays.copyOfRange(first, 16, first.length);
        byte[] bomb = Arrays.copyOf(honestPrefix, 1 << 26);
        byte[] payload = packing == Packing.ZLIB ? Packing.deflate(bomb) : Zstd.compress(bomb);
        AtomicLong produced = new AtomicLong();

        InputStream in = INFLATER.evaluationKey(PROFILE, new ByteArrayInputStream(packing.withPayload(first, payload)));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    for (int next = in.read(); next >= 0; next = in.read()) {
                        produced.incrementAndGet();
                    }
                })
                .withMessageMatching(".*(unpacks to too many bytes|expected was at most).*");
        assertThat(produced.get()).isLessThanOrEqualTo(first.length);
    }

    @Test
    void refusesCompressedSizesThatNoPackerNeedsBeforeReadingOn() {
        byte[] packed = Packing.ZLIB.evaluationKey(PROFILE, KEY);
        ByteBuffer header = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        for (long size : new long[] {0, 15, 16, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1 << 20}) {
            header.putLong(8, size);
            refused(packed, "the size of a compressed object is " + Long.toUnsignedString(size));
        }
    }

    @Test
    void refusesBytesBetweenTheCompressedContentAndTheEndOfTheObject() {
        byte[] first = Packing.part(KEY, PROFILE.layout().parts().getFirst());
        byte[] payload = Packing.deflate(Arrays.copyOfRange(first, 16, first.length));

        refused(Packing.ZLIB.withPayload(first, Arrays.copyOf(payload, payload.length + 3)), "bytes follow the end");
    }

    @Test
    void refusesWhatIsNoZlibStream() {
        byte[] first = Packing.part(KEY, PROFILE.layout().parts().getFirst());
        byte[] content = Arrays.copyOfRange(first, 16, first.length);

        refused(Packing.ZLIB.withPayload(first, raw(content)), "it is no zlib stream");
        refused(Packing.ZLIB.withPayload(first, gzip(content)), "it is no zlib stream");
        refused(Packing.ZLIB.withPayload(first, Zstd.compress(content)), "it is no zlib stream");
        refused(Packing.ZLIB.withPayload(first, withDictionary(content)), "it asks for a dictionary");
        byte[] wrongChecksum = Packing.deflate(content);
        wrongChecksum[wrongChecksum.length - 1] ^= 1;
        refused(Packing.ZLIB.withPayload(first, wrongChecksum), "it is no zlib stream");
    }

    /// The declared window is 512 MiB, its first byte says so; an honest decoder would allocate that much.
    @Test
    void refusesZstandardFramesWithAWindowBeyond8Mebibytes() {
        byte[] first = Packing.part(KEY, PROFILE.layout().parts().getFirst());
        byte[] frame = HexFormat.of().parseHex("28b52ffd" + "00" + "98" + "010000");

        refused(Packing.ZSTD.withPayload(first, frame), "a compressed object cannot be unpacked");
    }

    @Test
    void refusesZstandardWithoutALibraryForIt() throws Exception {
        SealInflater zlibOnly = new SealInflater(ZstdDecoder.NONE);
        InputStream zlib = new ByteArrayInputStream(Packing.ZLIB.evaluationKey(PROFILE, KEY));
        InputStream zstd = new ByteArrayInputStream(Packing.ZSTD.evaluationKey(PROFILE, KEY));

        EvaluationKeyCheck.check(PROFILE, zlibOnly.evaluationKey(PROFILE, zlib));

        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> EvaluationKeyCheck.check(PROFILE, zlibOnly.evaluationKey(PROFILE, zstd)))
                .withMessageContaining("There is no library for Zstandard here.");
    }

    @ParameterizedTest
    @EnumSource
    void passesOnWhatTheSourceThrows(Packing packing) {
        byte[] packed = packing.evaluationKey(PROFILE, KEY);
        for (int length : new int[] {0, 10, 100, packed.length / 2, packed.length - 1}) {
            InputStream broken = new SequenceInputStream(new ByteArrayInputStream(packed, 0, length), new BrokenStream());

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> EvaluationKeyCheck.check(PROFILE, INFLATER.evaluationKey(PROFILE, broken)))
                    .withMessage("connection reset");
        }
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }
    }

    private static void check(byte[] packed) throws IOException, MalformedKeyException {
        try (InputStream in = INFLATER.evaluationKey(PROFILE, new ByteArrayInputStream(packed))) {
            EvaluationKeyCheck.check(PROFILE, in);
        }
    }

    private static Verification verify(byte[] packed) throws IOException, MalformedKeyException, KeyMismatchException {
        try (InputStream in = INFLATER.evaluationKey(PROFILE, new ByteArrayInputStream(packed))) {
            return EvaluationKeyVerifier.verify(SECRET, PROFILE, in);
        }
    }

    private static void refused(byte[] packed, String message) {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> verify(packed))
                .withMessageContaining(message);
    }

    private static byte[] oneByOne(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            out.write(next);
        }
        return out.toByteArray();
    }

    private static byte[] raw(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        return deflate(deflater, content);
    }

    private static byte[] withDictionary(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setDictionary(new byte[] {1, 2, 3});
        return deflate(deflater, content);
    }

    private static byte[] deflate(Deflater deflater, byte[] content) {
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static byte[] gzip(byte[] content) {
        byte[] raw = raw(content);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return ByteBuffer.allocate(raw.length + 18)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HexFormat.of().parseHex("1f8b08000000000000ff"))
                .put(raw)
                .putInt((int) checksum.getValue())
                .putInt(content.length)
                .array();
    }
}
