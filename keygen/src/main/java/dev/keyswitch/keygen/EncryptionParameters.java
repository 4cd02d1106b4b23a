package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.arithmetic.Primality;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.wire.ParametersReader;
import dev.keyswitch.keygen.internal.wire.Sizes;
import dev.keyswitch.keygen.internal.wire.WireReader;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/// The parameters of a homomorphic encryption scheme, as SEAL understands them. Immutable, valid by construction and, unless made by
/// the method that says otherwise, within the table for 128 bits of classical security (HomomorphicEncryption.org standard, 2018).
///
/// An instance keeps the transform tables of its ring once they have been needed (about 16 bytes per prime and coefficient), so make
/// one instance per parameter set and share it; it is safe for use by many threads.
public final class EncryptionParameters {
    /// More primes than this are refused by SEAL 4.0 and older.
    static final int MAX_PRIMES = 64;

    private static final int MAX_DEGREE = 1 << 17;

    private final Scheme scheme;
    private final int polyModulusDegree;
    private final long[] coeffModulus;
    private final long plainModulus;
    private final ParmsId parmsId;
    private final Ring ring;

    private EncryptionParameters(Scheme scheme, int polyModulusDegree, long[] coeffModulus, long plainModulus) {
        this.scheme = scheme;
        this.polyModulusDegree = polyModulusDegree;
        this.coeffModulus = coeffModulus.clone();
        this.plainModulus = plainModulus;
        requireDegree(polyModulusDegree);
        requireCoeffModulus();
        requirePlainModulus();
        parmsId = ParmsId.of(scheme, polyModulusDegree, this.coeffModulus, plainModulus);
        ring = new Ring(polyModulusDegree, this.coeffModulus);
    }

    /// @param coeffModulus the primes of the key level; the last one is the special prime of key switching
    /// @param plainModulus 0 for CKKS
    /// @throws InvalidParametersException if SEAL would refuse the parameters or they miss 128-bit security
    public static EncryptionParameters of(Scheme scheme, int polyModulusDegree, long[] coeffModulus, long plainModulus) {
        return ofInsecureForTests(scheme, polyModulusDegree, coeffModulus, plainModulus)
                .requireSecurity(SecurityLevel.BITS_128);
    }

    /// As [#of], but also below 128 bits of security: keys under such parameters protect nothing.
    public static EncryptionParameters ofInsecureForTests(
            Scheme scheme, int polyModulusDegree, long[] coeffModulus, long plainModulus) {
        return new EncryptionParameters(scheme, polyModulusDegree, coeffModulus, plainModulus);
    }

    public Scheme scheme() {
        return scheme;
    }

    public int polyModulusDegree() {
        return polyModulusDegree;
    }

    /// A copy of the primes of the key level, in SEAL's order.
    public long[] coeffModulus() {
        return coeffModulus.clone();
    }

    /// 0 for CKKS.
    public long plainModulus() {
        return plainModulus;
    }

    /// The id of the key level: what every key under these parameters carries.
    public ParmsId parmsId() {
        return parmsId;
    }

    /// The parameters as the bytes of a SEAL `EncryptionParameters` object, uncompressed.
    public byte[] toSeal(SealStamp stamp) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WireWriter out = new WireWriter(bytes, stamp.major(), stamp.minor())) {
            out.parameters(scheme.sealId(), polyModulusDegree, coeffModulus, plainModulus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Reads a SEAL `EncryptionParameters` object, uncompressed and with this stamp, from bytes that are not trusted; nothing may follow it.
    ///
    /// @throws MalformedKeyException if it is none
    /// @throws InvalidParametersException if it is one, but SEAL would refuse the parameters or they miss 128-bit security
    public static EncryptionParameters fromSeal(InputStream in, SealStamp stamp) throws IOException, MalformedKeyException {
        return readSeal(in, stamp).requireSecurity(SecurityLevel.BITS_128);
    }

    /// As [#fromSeal], whatever the security.
    static EncryptionParameters readSeal(InputStream in, SealStamp stamp) throws IOException, MalformedKeyException {
        try (WireReader reader = new WireReader(in, stamp.major(), stamp.minor())) {
            ParametersReader.Fields fields = ParametersReader.read(reader);
            Scheme scheme = Scheme.ofSealId(fields.schemeId())
                    .orElseThrow(() -> new MalformedKeyException(
                            Sizes.HEADER, "the scheme is " + fields.schemeId() + ", expected was 1, 2 or 3."));
            return ofInsecureForTests(scheme, fields.degree(), fields.primes(), fields.plainModulus());
        }
    }

    /// The highest level these parameters keep; empty if they miss the lowest.
    public Optional<SecurityLevel> security() {
        return Arrays.stream(SecurityLevel.values()).filter(this::keeps).reduce((lower, higher) -> higher);
    }

    /// These parameters, if they keep this level.
    ///
    /// @throws InvalidParametersException with field `polyModulusDegree` or `coeffModulus`
    public EncryptionParameters requireSecurity(SecurityLevel level) {
        OptionalInt limit = level.maxTotalBits(polyModulusDegree);
        if (limit.isEmpty()) {
            throw new InvalidParametersException(
                    "polyModulusDegree",
                    level.bits() + "-bit security is only known for degrees 1024 to 32768, not for " + polyModulusDegree + ".");
        }
        if (!keeps(level)) {
            throw invalidPrimes("The primes have " + totalBits() + " bits together; " + level.bits() + "-bit security at degree "
                    + polyModulusDegree + " allows " + limit.getAsInt() + ".");
        }
        return this;
    }

    private boolean keeps(SecurityLevel level) {
        return totalBits() <= level.maxTotalBits(polyModulusDegree).orElse(0);
    }

    private int totalBits() {
        return product(coeffModulus.length).bitLength();
    }

    /// How many components a key-switching key has: one per prime but the special one.
    int decompositionCount() {
        return coeffModulus.length - 1;
    }

    /// Whether plaintexts have slots, without which there is nothing to rotate.
    boolean hasSlots() {
        return scheme == Scheme.CKKS
                || (plainModulus % (2L * polyModulusDegree) == 1 && Primality.isPrime(plainModulus));
    }

    /// Whether the plain modulus still fits once the special prime is gone, as it is on every ciphertext.
    boolean dataLevelHoldsPlainModulus() {
        return BigInteger.valueOf(plainModulus).compareTo(product(decompositionCount())) < 0;
    }

    /// The ring of the key level.
    Ring ring() {
        return ring;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptionParameters that
                && scheme == that.scheme
                && polyModulusDegree == that.polyModulusDegree
                && plainModulus == that.plainModulus
                && Arrays.equals(coeffModulus, that.coeffModulus);
    }

    @Override
    public int hashCode() {
        return parmsId.hashCode();
    }

    @Override
    public String toString() {
        return "%s, degree %d, primes %s, plain modulus %d"
                .formatted(scheme, polyModulusDegree, Arrays.toString(coeffModulus), plainModulus);
    }

    static void requireDegree(int degree) {
        if (degree < 2 || degree > MAX_DEGREE || Integer.bitCount(degree) != 1) {
            throw new InvalidParametersException(
                    "polyModulusDegree", "The degree must be a power of two from 2 to 131072, not " + degree + ".");
        }
    }

    private void requireCoeffModulus() {
        if (coeffModulus.length == 0 || coeffModulus.length > MAX_PRIMES) {
            throw invalidPrimes("There must be 1 to " + MAX_PRIMES + " primes, not " + coeffModulus.length + ".");
        }
        for (long prime : coeffModulus) {
            if (bits(prime) < 2 || bits(prime) > Modulus.MAX_BITS) {
                throw invalidPrimes("A prime has 2 to 60 bits; " + Long.toUnsignedString(prime) + " has not.");
            }
            if (prime % (2L * polyModulusDegree) != 1) {
                throw invalidPrimes(prime + " is not 1 modulo " + 2L * polyModulusDegree + ", twice the degree.");
            }
            if (!Primality.isPrime(prime)) {
                throw invalidPrimes(prime + " is not a prime.");
            }
        }
        if (Arrays.stream(coeffModulus).distinct().count() != coeffModulus.length) {
            throw invalidPrimes("The primes must differ from each other.");
        }
    }

    private void requirePlainModulus() {
        if (scheme == Scheme.CKKS) {
            if (plainModulus != 0) {
                throw invalidPlain("CKKS has no plain modulus; it must be 0, not " + plainModulus + ".");
            }
            return;
        }
        if (bits(plainModulus) < 2 || bits(plainModulus) > Modulus.MAX_BITS) {
            throw invalidPlain("The plain modulus has 2 to 60 bits; " + Long.toUnsignedString(plainModulus) + " has not.");
        }
        for (long prime : coeffModulus) {
            if (plainModulus % prime == 0) {
                throw invalidPlain("The plain modulus must be coprime to every prime; it shares " + prime + ".");
            }
        }
        if (BigInteger.valueOf(plainModulus).compareTo(product(coeffModulus.length)) >= 0) {
            throw invalidPlain("The plain modulus must be smaller than the product of the primes.");
        }
    }

    private BigInteger product(int primes) {
        return Arrays.stream(coeffModulus, 0, primes).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    private static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    private static InvalidParametersException invalidPrimes(String sentence) {
        return new InvalidParametersException("coeffModulus", sentence);
    }

    private static InvalidParametersException invalidPlain(String sentence) {
        return new InvalidParametersException("plainModulus", sentence);
    }
}
