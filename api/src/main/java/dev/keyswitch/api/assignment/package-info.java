/// The link from a token to a model: assign, reassign, remove, and its history.
@NullMarked
package dev.keyswitch.api.assignment;

import org.jspecify.annotations.NullMarked;
