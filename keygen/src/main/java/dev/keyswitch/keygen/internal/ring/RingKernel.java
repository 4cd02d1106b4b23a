package dev.keyswitch.keygen.internal.ring;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;

/// The inner loops over one row. Implementations differ in speed only and keep no state, so one serves all threads.
public interface RingKernel {

    /// Coefficients to NTT form in place. Takes residues below 4q and leaves residues below 4q.
    void forward(long[] row, NttTable table);

    /// NTT form to coefficients in place. Takes residues below 2q and leaves them fully reduced.
    void inverse(long[] row, NttTable table);

    /// row ← residues of small signed coefficients, fully reduced.
    void lift(byte[] coefficients, long[] row, Modulus modulus);

    /// row ← row · factor, below 2q, for rows of any 64-bit residues and a factor below q.
    void scale(long[] row, long factor, Modulus modulus);

    /// row ← row mod q, from residues below 4q.
    void reduce(long[] row, Modulus modulus);

    /// noise ← −(a·s + noise), fully reduced, from noise below 4q; the companions belong to the secret.
    void hide(long[] noise, long[] a, long[] secret, long[] companions, Modulus modulus);

    /// c0 ← c0 + a·s, fully reduced, from fully reduced c0.
    void open(long[] c0, long[] a, long[] secret, long[] companions, Modulus modulus);
}
