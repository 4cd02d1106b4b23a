package dev.keyswitch.keygen.internal.wire;

import dev.keyswitch.keygen.MalformedKeyException;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.Shake256Stream;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import java.io.IOException;
import java.util.Arrays;

/// Reads the objects that [KeyFormat] writes and accepts nothing else. Keeps one component at a time. Not thread-safe.
public final class KeyReader {
    private final WireReader in;
    private final Sizes sizes;
    private final byte[] parmsId;
    private final Ring ring;
    private final NttPoly c0;
    private final NttPoly c1;
    private byte[] seed = new byte[Sizes.SEED];
    private int seedKind;

    public KeyReader(WireReader in, Sizes sizes, byte[] parmsId, Ring ring) {
        this.in = in;
        this.sizes = sizes;
        this.parmsId = parmsId.clone();
        this.ring = ring;
        c0 = ring.allocate();
        c1 = ring.allocate();
    }

    public long offset() {
        return in.offset();
    }

    public void keysStart(String object, long size, long slots) throws IOException, MalformedKeyException {
        in.header(object, size);
        in.octets("the parameter id of " + object, parmsId);
        in.word("the number of slots of " + object, slots);
    }

    public void componentCount(String key, int expected) throws IOException, MalformedKeyException {
        in.word("the number of components of " + key, expected);
    }

    public void component() throws IOException, MalformedKeyException {
        in.header("a component", sizes.component());
        in.octets("a component's parameter id", parmsId);
        in.octet("a component's NTT mark", KeyFormat.NTT_FORM);
        in.word("a component's number of polynomials", KeyFormat.POLYNOMIALS);
        in.word("a component's degree", sizes.degree());
        in.word("a component's number of primes", sizes.primes());
        in.real("a component's scale", KeyFormat.SCALE);
        if (sizes.hasCorrection()) {
            in.word("a component's correction factor", KeyFormat.CORRECTION);
        }
        in.header("a component's array", sizes.componentArray());
        in.word("the number of words of a component", sizes.wordsPerComponent());
        rows("the first polynomial", c0);
        if (sizes.seeded()) {
            seed();
        } else {
            rows("the second polynomial", c1);
        }
    }

    /// A whole `SecretKey` object, after which nothing may follow. The rows are the reader's own: whoever asked clears them. Nothing that is
    /// thrown repeats what the object holds.
    public NttPoly secretKey() throws IOException, MalformedKeyException {
        in.header("the secret key", sizes.secretKey());
        in.octets("the secret key's parameter id", parmsId);
        in.word("the number of words of the secret key", sizes.wordsPerPolynomial());
        in.real("the secret key's scale", KeyFormat.SCALE);
        in.header("the secret key's array", sizes.secretKeyArray());
        in.word("the number of words of the secret key's array", sizes.wordsPerPolynomial());
        try {
            rows("the secret key", c0);
        } catch (MalformedKeyException e) {
            throw new MalformedKeyException(
                    e.offset(), "the secret key ends too early, or holds a number that is not below its prime.");
        }
        in.end();
        return c0;
    }

    /// The first polynomial of the component that was read last; overwritten by the next.
    public NttPoly c0() {
        return c0;
    }

    /// The second polynomial of the component that was read last, if it was written out; overwritten by the next.
    public NttPoly c1() {
        return c1;
    }

    /// The seed of the second polynomial of the component that was read last.
    public byte[] seedOfC1() {
        return seed.clone();
    }

    /// The stream that the second polynomial of the component that was read last comes from.
    public ByteStream expandSeed() {
        return seedKind == KeyFormat.BLAKE2XB ? new Blake2xbStream(seed) : new Shake256Stream(seed);
    }

    public void end() throws IOException, MalformedKeyException {
        in.end();
    }

    private void rows(String polynomial, NttPoly target) throws IOException, MalformedKeyException {
        for (int prime = 0; prime < ring.primes(); prime++) {
            in.residues(polynomial, target.row(prime), ring.modulus(prime).value());
        }
    }

    private void seed() throws IOException, MalformedKeyException {
        in.header("a component's seed", Sizes.SEED_OBJECT);
        long start = in.offset();
        seedKind = in.octet("the kind of a seed");
        if (seedKind != KeyFormat.BLAKE2XB && seedKind != KeyFormat.SHAKE256) {
            throw new MalformedKeyException(start, "a seed is of kind " + seedKind + ", expected was 1 or 2.");
        }
        seed = in.octets("a seed", Sizes.SEED);
        if (Arrays.equals(seed, new byte[Sizes.SEED])) {
            throw new MalformedKeyException(start, "a seed is all zero.");
        }
    }
}
