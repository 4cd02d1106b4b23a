/// The same call twice with one Idempotency-Key: it happens once, and is answered the same both times.
@NullMarked
package dev.keyswitch.api.idempotency;

import org.jspecify.annotations.NullMarked;
