/// Encryption profiles: between the wire (`contract`) and the arithmetic (`keygen`).
@NullMarked
package dev.keyswitch.profile;

import org.jspecify.annotations.NullMarked;
