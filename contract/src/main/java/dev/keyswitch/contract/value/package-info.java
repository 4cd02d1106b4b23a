/// Values that are shown once, and pages of lists.
@NullMarked
package dev.keyswitch.contract.value;

import org.jspecify.annotations.NullMarked;
