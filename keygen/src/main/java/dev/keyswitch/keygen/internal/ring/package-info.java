/// Polynomials modulo X^N+1 in residue number form, their number theoretic transform and the Galois automorphisms.
@NullMarked
package dev.keyswitch.keygen.internal.ring;

import org.jspecify.annotations.NullMarked;
