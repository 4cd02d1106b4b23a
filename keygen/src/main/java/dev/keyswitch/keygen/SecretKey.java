package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.kernel.Operand;
import dev.keyswitch.keygen.internal.random.AesCtrStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.Derivation;
import dev.keyswitch.keygen.internal.random.TernarySampler;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import dev.keyswitch.keygen.internal.wire.Sizes;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;

/// A uniform ternary secret under one parameter set, kept in NTT form (16 bytes per prime and coefficient). Zeroised when closed,
/// never printed. May be read by many threads as long as none closes it.
public final class SecretKey implements AutoCloseable {
    private static final String SALT = "keyswitch/secret-key/v1";

    private final EncryptionParameters parameters;
    private final NttPoly rows;
    private final NttPoly companions;
    private boolean closed;

    private SecretKey(EncryptionParameters parameters, CoefficientPoly secret) {
        this.parameters = parameters;
        Ring ring = parameters.ring();
        rows = ring.allocate();
        companions = ring.allocate();
        for (int prime = 0; prime < ring.primes(); prime++) {
            ring.transform(secret, prime, rows.row(prime));
            for (int i = 0; i < ring.degree(); i++) {
                companions.row(prime)[i] = ring.modulus(prime).companion(rows.row(prime)[i]);
            }
        }
    }

    /// The secret that this root key has for this token, model and generation; the same each time.
    ///
    /// HKDF-SHA256 of the root key under the salt `keyswitch/secret-key/v1`, with deployment, token and model id (16 bytes each),
    /// generation (8 bytes, big-endian) and parameter id as info, a 2-byte big-endian length before each, gives the key of an
    /// AES-256-CTR stream from counter zero. Coefficient i is floor(3w / 2^64) − 1 for the stream's little-endian word w number i.
    public static SecretKey derive(RootKey root, KeyId id, EncryptionParameters parameters) {
        byte[] info = new Fields().keyId(id).octets(parameters.parmsId().bytes()).toBytes();
        byte[] key = Derivation.derive(root.bytes(), SALT, info, AesCtrStream.KEY);
        return expand(key, parameters);
    }

    /// A secret that cannot be derived again: for those who keep it themselves.
    public static SecretKey random(SecureRandom random, EncryptionParameters parameters) {
        byte[] key = new byte[AesCtrStream.KEY];
        random.nextBytes(key);
        return expand(key, parameters);
    }

    /// Takes the secret over and clears it.
    static SecretKey of(CoefficientPoly secret, EncryptionParameters parameters) {
        try {
            return new SecretKey(parameters, secret);
        } finally {
            secret.clear();
        }
    }

    /// Writes a SEAL `SecretKey` object, uncompressed; does not close `out`. The bytes decrypt: keep them where no one else reads.
    public void writeTo(OutputStream out, SealStamp stamp) throws IOException {
        int primes = parameters.coeffModulus().length;
        Sizes sizes = new Sizes(parameters.polyModulusDegree(), primes, false, stamp.major());
        try (WireWriter writer = new WireWriter(out, stamp.major(), stamp.minor())) {
            new KeyFormat(sizes, parameters.parmsId().bytes()).secretKey(writer, rows());
        }
    }

    public EncryptionParameters parameters() {
        return parameters;
    }

    /// The secret itself, fully reduced; not a copy.
    NttPoly rows() {
        requireOpen();
        return rows;
    }

    /// The companion words of [#rows].
    NttPoly companions() {
        requireOpen();
        return companions;
    }

    /// One row of the secret, ready to multiply by.
    Operand operand(int prime) {
        return new Operand(rows().row(prime), companions().row(prime), parameters.ring().modulus(prime));
    }

    @Override
    public void close() {
        closed = true;
        rows.clear();
        companions.clear();
    }

    @Override
    public String toString() {
        return "SecretKey[redacted]";
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this secret key was closed");
        }
    }

    /// Clears the key when done.
    private static SecretKey expand(byte[] key, EncryptionParameters parameters) {
        CoefficientPoly secret = new CoefficientPoly(parameters.polyModulusDegree());
        try (ByteStream stream = new AesCtrStream(key)) {
            TernarySampler.sample(stream, secret);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        return of(secret, parameters);
    }
}
