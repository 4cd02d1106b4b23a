@NullMarked
package dev.keyswitch.api.outbox;

import org.jspecify.annotations.NullMarked;
