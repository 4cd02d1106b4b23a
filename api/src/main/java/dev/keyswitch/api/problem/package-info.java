/// Refusals: one exception with a problem code, translated once at the edge.
@NullMarked
package dev.keyswitch.api.problem;

import org.jspecify.annotations.NullMarked;
