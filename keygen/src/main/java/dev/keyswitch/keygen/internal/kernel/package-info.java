/// The inner loops of key generation, once in plain Java and once on 512-bit vectors, and the choice between the two.
@NullMarked
package dev.keyswitch.keygen.internal.kernel;

import org.jspecify.annotations.NullMarked;
