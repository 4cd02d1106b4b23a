/// Assign, reassign, remove: the way from a model or a token.
@NullMarked
package dev.keyswitch.console.assignment;

import org.jspecify.annotations.NullMarked;
