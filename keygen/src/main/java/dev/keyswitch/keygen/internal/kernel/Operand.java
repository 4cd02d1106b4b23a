package dev.keyswitch.keygen.internal.kernel;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;

/// One row of something that many rows are multiplied by.
///
/// @param values fully reduced
/// @param companions Shoup's companion of each value
public record Operand(long[] values, long[] companions, Modulus modulus) {}
