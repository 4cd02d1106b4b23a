package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.FreshRandomness;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import dev.keyswitch.keygen.internal.wire.Sizes;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/// Makes public keys, with which others encrypt for the holder of a secret key.
public final class PublicKeyGenerator {
    private PublicKeyGenerator() {}

    /// Writes a SEAL `PublicKey` object with fresh randomness, uncompressed; does not close `out`.
    public static void write(SecretKey secretKey, KeyForm form, SealStamp stamp, OutputStream out) throws IOException {
        try (KeyRandomness randomness = new FreshRandomness(new SecureRandom())) {
            write(secretKey, form, stamp, out, randomness);
        }
    }

    static void write(SecretKey secretKey, KeyForm form, SealStamp stamp, OutputStream out, KeyRandomness randomness)
            throws IOException {
        EncryptionParameters parameters = secretKey.parameters();
        Sizes sizes = new Sizes(
                parameters.polyModulusDegree(), parameters.coeffModulus().length, form == KeyForm.SEEDED, stamp.major());
        try (WireWriter writer = new WireWriter(out, stamp.major(), stamp.minor());
                ComponentGenerator component = new ComponentGenerator(secretKey, form, randomness)) {
            ComponentBuffer buffer = new KeyFormat(sizes, parameters.parmsId().bytes()).componentBuffer(stamp.minor());
            component.zero(buffer);
            writer.octets(buffer.bytes());
        }
    }
}
