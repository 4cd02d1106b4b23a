/// What the API is held to: the rules of tokens, assignments and evaluation keys once more, in memory and without any of its code, and
/// random sequences of calls compared with them.
@NullMarked
package dev.keyswitch.api.reference;

import org.jspecify.annotations.NullMarked;
