/// From a committed change to Kafka: rows written with the change, and the relay that publishes them.
@NullMarked
package dev.keyswitch.api.outbox;

import org.jspecify.annotations.NullMarked;
