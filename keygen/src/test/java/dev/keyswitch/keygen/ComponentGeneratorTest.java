package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.arithmetic.Primality;
import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import dev.keyswitch.keygen.internal.wire.Sizes;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The replacement of rejected words, under primes a little above 2^64 / 17, which reject one word in seventeen; SEAL's usual primes
/// reject so few that hardly any test would ever see one.
class ComponentGeneratorTest {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
    private static final int DEGREE = 1024;
    private static final int COMPONENTS = 10;

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void replacesRejectedWordsAsASlowReferenceDoes(KeyForm form) throws IOException {
        replacesRejectedWords(form, false);
    }

    @Test
    void replacesRejectedWordsBeforeItPassesTheirRowOn() throws IOException {
        replacesRejectedWords(KeyForm.PLAIN, true);
    }

    private static void replacesRejectedWords(KeyForm form, boolean passedOn) throws IOException {
        EncryptionParameters parameters = EncryptionParameters.ofInsecureForTests(Scheme.CKKS, DEGREE, rejectingPrimes(), 0);
        for (GenerationKernel kernel : List.of(Kernels.scalar(), Kernels.vector())) {
            try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
                for (int i = 0; i < COMPONENTS; i++) {
                    replacesRejectedWords(secretKey, form, passedOn, kernel, i);
                }
            }
        }
    }

    private static void replacesRejectedWords(
            SecretKey secretKey, KeyForm form, boolean passedOn, GenerationKernel kernel, int number) throws IOException {
        Ring ring = secretKey.parameters().ring();
        byte[] factorySeed = new byte[Blake2xbStream.SEED];
        factorySeed[0] = (byte) number;
        LongBuffer component;
        try (ComponentGenerator generator =
                new ComponentGenerator(
                        secretKey, form, new InsecureFixedSeedRandomness(factorySeed), () -> kernel, StageClock.STOPPED)) {
            component = component(generator, secretKey.parameters(), form, passedOn);
        }

        ByteStream factory = new Blake2xbStream(factorySeed);
        byte[] seed = new byte[Blake2xbStream.SEED];
        factory.read(seed, 0, seed.length);
        List<List<BigInteger>> a = slowExpansion(seed, ring, passedOn);
        CoefficientPoly noise = new CoefficientPoly(DEGREE);
        new CenteredBinomial().sample(factory, noise, Kernels.scalar());
        for (int prime = 0; prime < ring.primes(); prime++) {
            BigInteger q = BigInteger.valueOf(ring.modulus(prime).value());
            long[] e = new long[DEGREE];
            ring.transform(noise, prime, e);
            for (int i = 0; i < DEGREE; i++) {
                BigInteger product = a.get(prime).get(i).multiply(BigInteger.valueOf(secretKey.rows().row(prime)[i]));
                long expected = product.add(BigInteger.valueOf(e[i])).negate().mod(q).longValueExact();
                assertThat(component.get(prime * DEGREE + i)).isEqualTo(expected);
                if (form == KeyForm.PLAIN) {
                    assertThat(component.get((ring.primes() + prime) * DEGREE + i)).isEqualTo(a.get(prime).get(i).longValueExact());
                }
            }
        }
    }

    /// The residues of an encryption of zero.
    private static LongBuffer component(ComponentGenerator generator, EncryptionParameters parameters, KeyForm form, boolean passedOn)
            throws IOException {
        SealStamp stamp = SealStamp.V3_7;
        Sizes sizes = new Sizes(DEGREE, parameters.coeffModulus().length, form == KeyForm.SEEDED, stamp.major());
        KeyFormat format = new KeyFormat(sizes, parameters.parmsId().bytes());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WireWriter out = new WireWriter(bytes, stamp.major(), stamp.minor())) {
            ComponentBuffer buffer = format.componentBuffer(stamp.minor(), passedOn);
            buffer.begin(out);
            generator.zero(buffer);
            buffer.end();
        }
        int end = form == KeyForm.SEEDED ? Sizes.SEED_OBJECT : 0;
        int polynomials = (form == KeyForm.SEEDED ? 1 : 2) * parameters.coeffModulus().length * DEGREE * Long.BYTES;
        return ByteBuffer.wrap(bytes.toByteArray(), bytes.size() - end - polynomials, polynomials)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
    }

    /// SEAL's rule, word by word: a word from 2^64 − 2 − ((2^64 − 1) mod q) on is left out, and its place is filled after all others are.
    ///
    /// @param byRow after all others of its row, which SEAL does not do
    private static List<List<BigInteger>> slowExpansion(byte[] seed, Ring ring, boolean byRow) {
        ByteStream stream = new Blake2xbStream(seed);
        List<List<BigInteger>> rows = new ArrayList<>();
        List<int[]> open = new ArrayList<>();
        int leftOut = 0;
        for (int prime = 0; prime < ring.primes(); prime++) {
            List<BigInteger> row = new ArrayList<>();
            rows.add(row);
            for (int i = 0; i < DEGREE; i++) {
                BigInteger word = word(stream);
                if (isRejected(word, ring.modulus(prime))) {
                    open.add(new int[] {prime, i});
                }
                row.add(word.mod(BigInteger.valueOf(ring.modulus(prime).value())));
            }
            if (byRow) {
                leftOut += fill(open, stream, ring, rows);
            }
        }
        leftOut += fill(open, stream, ring, rows);
        assertThat(leftOut).as("words left out").isGreaterThan(ring.primes() * DEGREE / 25);
        return rows;
    }

    private static int fill(List<int[]> open, ByteStream stream, Ring ring, List<List<BigInteger>> rows) {
        for (int[] place : open) {
            Modulus modulus = ring.modulus(place[0]);
            BigInteger word = word(stream);
            while (isRejected(word, modulus)) {
                word = word(stream);
            }
            rows.get(place[0]).set(place[1], word.mod(BigInteger.valueOf(modulus.value())));
        }
        int filled = open.size();
        open.clear();
        return filled;
    }

    private static boolean isRejected(BigInteger word, Modulus modulus) {
        BigInteger q = BigInteger.valueOf(modulus.value());
        BigInteger last = TWO_TO_64.subtract(BigInteger.ONE);
        return word.compareTo(last.subtract(last.mod(q)).subtract(BigInteger.ONE)) >= 0;
    }

    private static BigInteger word(ByteStream stream) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = bytes.length - 1; i >= 0; i--) {
            stream.read(bytes, i, 1);
        }
        return new BigInteger(1, bytes);
    }

    private static long[] rejectingPrimes() {
        long step = 2L * DEGREE;
        long start = TWO_TO_64.divide(BigInteger.valueOf(17)).longValueExact() / step * step + step + 1;
        return LongStream.iterate(start, candidate -> candidate + step)
                .filter(Primality::isPrime)
                .limit(3)
                .toArray();
    }
}
