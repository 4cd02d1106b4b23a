/// The hash function behind SEAL's generator and its parameter ids.
@NullMarked
package dev.keyswitch.keygen.internal.hash;

import org.jspecify.annotations.NullMarked;
