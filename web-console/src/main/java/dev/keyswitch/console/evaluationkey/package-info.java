/// Evaluation keys: how they stand, the queue, and asking again.
@NullMarked
package dev.keyswitch.console.evaluationkey;

import org.jspecify.annotations.NullMarked;
