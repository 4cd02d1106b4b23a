@org.jspecify.annotations.NullMarked
package dev.keyswitch.api.idempotency;
