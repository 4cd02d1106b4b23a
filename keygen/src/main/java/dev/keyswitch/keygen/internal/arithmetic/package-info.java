/// Arithmetic modulo one prime below 2^60: the lowest floor, knows nothing of polynomials.
@NullMarked
package dev.keyswitch.keygen.internal.arithmetic;

import org.jspecify.annotations.NullMarked;
