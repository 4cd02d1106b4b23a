/// Pseudo-random streams, and the distributions that key generation draws from them.
@NullMarked
package dev.keyswitch.keygen.internal.random;

import org.jspecify.annotations.NullMarked;
