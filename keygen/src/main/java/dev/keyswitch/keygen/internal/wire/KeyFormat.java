package dev.keyswitch.keygen.internal.wire;

import dev.keyswitch.keygen.internal.ring.NttPoly;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes the objects that hold key material, for one parameter set and form. What each field may hold is in [KeyReader].
public final class KeyFormat {
    static final int BLAKE2XB = 1;
    static final int SHAKE256 = 2;
    static final int NTT_FORM = 1;
    static final int POLYNOMIALS = 2;
    static final double SCALE = 1.0;
    static final long CORRECTION = 1;

    private final Sizes sizes;
    private final byte[] parmsId;

    public KeyFormat(Sizes sizes, byte[] parmsId) {
        this.sizes = sizes;
        this.parmsId = parmsId.clone();
    }

    /// Opens a `KSwitchKeys` object.
    ///
    /// @param size of the whole object
    /// @param slots how many lists of components follow
    public void keysStart(WireWriter out, long size, long slots) throws IOException {
        out.header(size);
        out.octets(parmsId);
        out.word(slots);
    }

    /// Room for one component, which is a `PublicKey` object, with everything filled in but polynomials and seed.
    public ComponentBuffer componentBuffer(int stampMinor) {
        return new ComponentBuffer(sizes, componentHead(stampMinor), bytes(stampMinor, KeyFormat::seedStart));
    }

    /// What a component begins with; its polynomials follow.
    public byte[] componentHead(int stampMinor) {
        return bytes(stampMinor, this::componentStart);
    }

    private interface Part {
        void writeTo(WireWriter out) throws IOException;
    }

    private byte[] bytes(int stampMinor, Part part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WireWriter out = new WireWriter(bytes, sizes.stampMajor(), stampMinor)) {
            part.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private void componentStart(WireWriter out) throws IOException {
        out.header(sizes.component());
        out.octets(parmsId);
        out.octet(NTT_FORM);
        out.word(POLYNOMIALS);
        out.word(sizes.degree());
        out.word(sizes.primes());
        out.real(SCALE);
        if (sizes.hasCorrection()) {
            out.word(CORRECTION);
        }
        out.header(sizes.componentArray());
        out.word(sizes.wordsPerComponent());
    }

    private static void seedStart(WireWriter out) throws IOException {
        out.header(Sizes.SEED_OBJECT);
        out.octet(BLAKE2XB);
    }

    /// A whole `SecretKey` object.
    public void secretKey(WireWriter out, NttPoly secret) throws IOException {
        out.header(sizes.secretKey());
        out.octets(parmsId);
        out.word(sizes.wordsPerPolynomial());
        out.real(SCALE);
        out.header(sizes.secretKeyArray());
        out.word(sizes.wordsPerPolynomial());
        rows(out, secret);
    }

    private static void rows(WireWriter out, NttPoly polynomial) throws IOException {
        for (int row = 0; row < polynomial.rowCount(); row++) {
            out.words(polynomial.row(row));
        }
    }
}
