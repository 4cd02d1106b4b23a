package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.hash.Blake2b;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// SEAL's 32-byte name for one level of encryption parameters: BLAKE2b-256 over scheme, degree, primes and plain modulus.
///
/// @param bytes 32 bytes as SEAL writes them
public record ParmsId(byte[] bytes) {
    public static final int LENGTH = 32;

    public ParmsId {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a parameter id has 32 bytes");
        }
        bytes = bytes.clone();
    }

    static ParmsId of(Scheme scheme, int degree, long[] primes, long plainModulus) {
        ByteBuffer words = ByteBuffer.allocate(Long.BYTES * (primes.length + 3)).order(ByteOrder.LITTLE_ENDIAN);
        words.putLong(scheme.sealId()).putLong(degree);
        for (long prime : primes) {
            words.putLong(prime);
        }
        words.putLong(plainModulus);
        return new ParmsId(Blake2b.hash(LENGTH, words.array()));
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParmsId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
