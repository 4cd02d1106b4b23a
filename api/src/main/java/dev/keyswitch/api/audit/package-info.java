/// Who changed what, when: written with the change.
@NullMarked
package dev.keyswitch.api.audit;

import org.jspecify.annotations.NullMarked;
