/// What a change would do.
@NullMarked
package dev.keyswitch.contract.preview;

import org.jspecify.annotations.NullMarked;
