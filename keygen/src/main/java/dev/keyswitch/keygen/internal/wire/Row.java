package dev.keyswitch.keygen.internal.wire;

import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/// Where the residues of both polynomials of a component under one prime go, which are its bytes at the same time.
///
/// @param c1 null in the seeded form, which has no second polynomial
public record Row(LongBuffer c0, @Nullable LongBuffer c1) {}
