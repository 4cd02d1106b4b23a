package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Draws the secret as native SEAL does when built with the GNU C++ library: how its vectors were made.
final class SealSecrets {
    private SealSecrets() {}

    static CoefficientPoly ternary(byte[] factorySeed, int degree) {
        CoefficientPoly secret = new CoefficientPoly(degree);
        try (ByteStream stream = new Blake2xbStream(factorySeed)) {
            for (int i = 0; i < degree; i++) {
                secret.coefficients()[i] = (byte) (draw(stream) - 1);
            }
        }
        return secret;
    }

    private static long draw(ByteStream stream) {
        while (true) {
            byte[] word = new byte[Integer.BYTES];
            stream.read(word, 0, word.length);
            long product = 3 * Integer.toUnsignedLong(ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt());
            if ((int) product != 0) {
                return product >>> Integer.SIZE;
            }
        }
    }
}
