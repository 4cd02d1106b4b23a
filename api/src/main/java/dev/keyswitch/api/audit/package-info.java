/// Who changed what, when: written with the change, and read back.
@NullMarked
package dev.keyswitch.api.audit;

import org.jspecify.annotations.NullMarked;
