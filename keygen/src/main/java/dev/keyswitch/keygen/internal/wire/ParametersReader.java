package dev.keyswitch.keygen.internal.wire;

import dev.keyswitch.keygen.MalformedKeyException;
import java.io.IOException;

/// Reads SEAL's `EncryptionParameters` object from a source that is not trusted. Whether its numbers make sense together, others decide.
public final class ParametersReader {
    private static final int MAX_DEGREE = 1 << 17;
    /// More primes than this are refused by SEAL 4.0 and older.
    private static final int MAX_PRIMES = 64;

    private ParametersReader() {}

    /// The numbers as they are in the file.
    public record Fields(int schemeId, int degree, long[] primes, long plainModulus) {}

    public static Fields read(WireReader in) throws IOException, MalformedKeyException {
        long size = in.header("the encryption parameters");
        int count = count(size);
        int scheme = in.octet("the scheme");
        long start = in.offset();
        long degree = in.word("the degree");
        if (degree < 2 || degree > MAX_DEGREE) {
            throw new MalformedKeyException(
                    start, "the degree is " + Long.toUnsignedString(degree) + ", expected was 2 to " + MAX_DEGREE + ".");
        }
        in.word("the number of primes", count);
        long[] primes = new long[count];
        for (int i = 0; i < count; i++) {
            primes[i] = modulus(in, "a prime");
        }
        long plainModulus = modulus(in, "the plain modulus");
        in.end();
        return new Fields(scheme, (int) degree, primes, plainModulus);
    }

    private static int count(long size) throws MalformedKeyException {
        for (int count = 1; count <= MAX_PRIMES; count++) {
            if (size == Sizes.parameters(count)) {
                return count;
            }
        }
        throw new MalformedKeyException(
                0,
                "the size of the encryption parameters is " + Long.toUnsignedString(size)
                        + ", which is that of no number of primes from 1 to " + MAX_PRIMES + ".");
    }

    private static long modulus(WireReader in, String name) throws IOException, MalformedKeyException {
        in.header(name, Sizes.modulus());
        return in.word(name);
    }
}
