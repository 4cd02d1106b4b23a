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
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int KEYS = 5;

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void replacesRejectedWordsAsASlowReferenceDoes(KeyForm form) throws IOException {
        replacesRejectedWords(form, false);
    }

    @Test
    void replacesRejectedWordsOfEachRowAloneWhereRowsAreMadeOneByOne() throws IOException {
        replacesRejectedWords(KeyForm.PLAIN, true);
    }

    private static void replacesRejectedWords(KeyForm form, boolean byRow) throws IOException {
        EncryptionParameters parameters = EncryptionParameters.ofInsecureForTests(Scheme.CKKS, DEGREE, rejectingPrimes(), 0);
        KeyProfile profile = new KeyProfile(parameters, RotationSteps.none(), true, form, SealStamp.V3_7);
        for (GenerationKernel kernel : List.of(Kernels.scalar(), Kernels.vector())) {
            try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
                for (int i = 0; i < KEYS; i++) {
                    replacesRejectedWords(secretKey, profile, byRow, kernel, i);
                }
            }
        }
    }

    private static void replacesRejectedWords(
            SecretKey secretKey, KeyProfile profile, boolean byRow, GenerationKernel kernel, int number) throws IOException {
        Ring ring = secretKey.parameters().ring();
        byte[] factorySeed = new byte[Blake2xbStream.SEED];
        factorySeed[0] = (byte) number;
        EvaluationKeyGenerator generator = new EvaluationKeyGenerator(
                () -> new InsecureFixedSeedRandomness(factorySeed), 1, () -> kernel, byRow ? 0 : Long.MAX_VALUE);
        ComponentMap map = ComponentMap.of(profile);
        ByteBuffer key = ByteBuffer.wrap(TinyKeys.evaluationKey(generator, secretKey, profile)).order(ByteOrder.LITTLE_ENDIAN);

        ByteStream factory = new Blake2xbStream(factorySeed);
        byte[] seed = new byte[Blake2xbStream.SEED];
        factory.read(seed, 0, seed.length);
        List<List<BigInteger>> a = slowExpansion(seed, ring, byRow);
        CoefficientPoly noise = new CoefficientPoly(DEGREE);
        new CenteredBinomial().sample(factory, noise, Kernels.scalar());
        // Every component has the same randomness, and another row that is not of zero.
        for (int component = 0; component < map.starts().size(); component++) {
            for (int prime = 0; prime < ring.primes(); prime++) {
                BigInteger q = BigInteger.valueOf(ring.modulus(prime).value());
                BigInteger factor = BigInteger.valueOf(prime == component ? ring.specialPrimeModulo(prime) : 0);
                long[] e = new long[DEGREE];
                ring.transform(noise, prime, e);
                for (int i = 0; i < DEGREE; i++) {
                    BigInteger s = BigInteger.valueOf(secretKey.rows().row(prime)[i]);
                    BigInteger product = a.get(prime).get(i).multiply(s);
                    long expected = product.add(BigInteger.valueOf(e[i]))
                            .negate()
                            .add(factor.multiply(s).multiply(s))
                            .mod(q)
                            .longValueExact();
                    int word = prime * DEGREE + i;
                    assertThat(key.getLong(map.c0(component) + word * Long.BYTES)).isEqualTo(expected);
                    if (!map.seeded()) {
                        long second = a.get(prime).get(i).longValueExact();
                        assertThat(key.getLong(map.c1(component) + word * Long.BYTES)).isEqualTo(second);
                    }
                }
            }
        }
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
