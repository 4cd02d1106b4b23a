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
import dev.keyswitch.keygen.internal.wire.KeyReader;
import dev.keyswitch.keygen.internal.wire.Sizes;
import dev.keyswitch.keygen.internal.wire.WireReader;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.io.InputStream;
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

    /// Reads a SEAL `SecretKey` object, uncompressed and with this stamp; nothing may follow it.
    ///
    /// @throws MalformedKeyException if it is none for these parameters, or the secret is not ternary. Never says what the key holds.
    public static SecretKey readFrom(InputStream in, EncryptionParameters parameters, SealStamp stamp)
            throws IOException, MalformedKeyException {
        Sizes sizes = sizes(parameters, stamp);
        try (WireReader wire = new WireReader(in, stamp.major(), stamp.minor())) {
            KeyReader reader = new KeyReader(wire, sizes, parameters.parmsId().bytes(), parameters.ring());
            try {
                NttPoly rows = reader.secretKey();
                SecretKey secretKey = of(firstRow(rows, parameters.ring()), parameters);
                if (!secretKey.isIn(rows)) {
                    secretKey.close();
                    throw new MalformedKeyException(
                            sizes.secretKey(), "the secret key is not one polynomial with coefficients -1, 0 and 1.");
                }
                return secretKey;
            } finally {
                reader.c0().clear();
            }
        }
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
        Sizes sizes = sizes(parameters, stamp);
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

    private static Sizes sizes(EncryptionParameters parameters, SealStamp stamp) {
        return new Sizes(parameters.polyModulusDegree(), parameters.coeffModulus().length, false, stamp.major());
    }

    /// What the first row would be if it were ternary; other coefficients come out as something else than they were.
    private static CoefficientPoly firstRow(NttPoly rows, Ring ring) {
        CoefficientPoly secret = new CoefficientPoly(ring.degree());
        long[] row = rows.row(0).clone();
        ring.kernel().inverse(row, ring.table(0));
        for (int i = 0; i < row.length; i++) {
            // 0 and 1 stay, and q−1, which is even, becomes −1; no branch tells which.
            long half = row[i] >>> 1;
            secret.coefficients()[i] = (byte) ((row[i] & 1) - ((half | -half) >>> 63));
        }
        Arrays.fill(row, 0);
        return secret;
    }

    /// Whether these are exactly this secret's rows.
    private boolean isIn(NttPoly other) {
        long difference = 0;
        for (int prime = 0; prime < rows.rowCount(); prime++) {
            for (int i = 0; i < parameters.polyModulusDegree(); i++) {
                difference |= rows.row(prime)[i] ^ other.row(prime)[i];
            }
        }
        return difference == 0;
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
