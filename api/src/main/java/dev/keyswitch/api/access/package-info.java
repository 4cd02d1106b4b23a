/// May this token query this model now? The question model servers ask.
@NullMarked
package dev.keyswitch.api.access;

import org.jspecify.annotations.NullMarked;
