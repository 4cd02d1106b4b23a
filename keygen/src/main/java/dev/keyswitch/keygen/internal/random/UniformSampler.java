package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;

/// Draws uniform residues exactly as SEAL expands a public seed: one word of the stream per residue, row after row, with [Rejections].
/// Not thread-safe.
public final class UniformSampler {
    private final GenerationKernel kernel;
    private final Rejections rejections = new Rejections();
    private long[] words = new long[0];

    public UniformSampler() {
        this(Kernels.present());
    }

    public UniformSampler(GenerationKernel kernel) {
        this.kernel = kernel;
    }

    public void sample(ByteStream stream, Ring ring, NttPoly target) {
        rejections.clear();
        for (int prime = 0; prime < ring.primes(); prime++) {
            sampleRow(stream, ring.modulus(prime), prime, target.row(prime));
        }
        for (int i = 0; i < rejections.count(); i++) {
            int prime = rejections.prime(i);
            target.row(prime)[rejections.index(i)] = Rejections.redraw(stream, ring.modulus(prime));
        }
    }

    private void sampleRow(ByteStream stream, Modulus modulus, int prime, long[] row) {
        int chunk = Math.min(row.length, stream.blockWords());
        if (words.length != chunk) {
            words = new long[chunk];
        }
        long lastAccepted = Rejections.lastAccepted(modulus);
        for (int start = 0; start < row.length; start += chunk) {
            stream.read(words, 0, chunk);
            if (kernel.exceeds(words, chunk, lastAccepted)) {
                rejections.note(words, chunk, modulus, prime, start);
            }
            kernel.residues(words, chunk, modulus);
            System.arraycopy(words, 0, row, start, chunk);
        }
    }
}
