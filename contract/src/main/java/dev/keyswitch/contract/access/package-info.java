/// May this token query this model now?
@NullMarked
package dev.keyswitch.contract.access;

import org.jspecify.annotations.NullMarked;
