/// Evaluation key states that change on an open page.
@NullMarked
package dev.keyswitch.console.live;

import org.jspecify.annotations.NullMarked;
