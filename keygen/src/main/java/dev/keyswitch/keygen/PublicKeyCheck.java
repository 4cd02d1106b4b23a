package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.KeyReader;
import dev.keyswitch.keygen.internal.wire.Sizes;
import dev.keyswitch.keygen.internal.wire.WireReader;
import java.io.IOException;
import java.io.InputStream;

/// Is this stream a well-formed SEAL `PublicKey` object for these parameters? As strict as [EvaluationKeyCheck], on bytes that are not
/// trusted. Whose public key it is, only the holder of the secret key can tell: see [#verify].
public final class PublicKeyCheck {
    private PublicKeyCheck() {}

    /// Reads `in` to its end and does not close it.
    ///
    /// @throws MalformedKeyException with the offset of the first fault
    public static void check(EncryptionParameters parameters, KeyForm form, SealStamp stamp, InputStream in)
            throws IOException, MalformedKeyException {
        read(parameters, form, stamp, in);
    }

    /// As [#check], and decrypts: what remains must be small noise, the same under every prime.
    ///
    /// @throws KeyMismatchException if it is a public key, but not of this secret key
    public static Verification verify(SecretKey secretKey, KeyForm form, SealStamp stamp, InputStream in)
            throws IOException, MalformedKeyException, KeyMismatchException {
        KeyReader component = read(secretKey.parameters(), form, stamp, in);
        try (ComponentVerifier verifier = new ComponentVerifier(secretKey, form)) {
            verifier.verifyZero("The public key", component);
            return verifier.result();
        }
    }

    private static KeyReader read(EncryptionParameters parameters, KeyForm form, SealStamp stamp, InputStream in)
            throws IOException, MalformedKeyException {
        boolean seeded = form == KeyForm.SEEDED;
        Sizes sizes =
                new Sizes(parameters.polyModulusDegree(), parameters.coeffModulus().length, seeded, stamp.major());
        try (WireReader wire = new WireReader(in, stamp.major(), stamp.minor())) {
            KeyReader reader = new KeyReader(wire, sizes, parameters.parmsId().bytes(), parameters.ring());
            reader.component();
            reader.end();
            if (!seeded && SecondPolynomials.isConstant(reader.c1())) {
                throw new MalformedKeyException(0, "the public key's second polynomial is constant.");
            }
            return reader;
        }
    }
}
