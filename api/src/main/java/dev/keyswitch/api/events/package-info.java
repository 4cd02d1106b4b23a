/// Events to callers who have no Kafka: server-sent events, in the order in which they were published.
@NullMarked
package dev.keyswitch.api.events;

import org.jspecify.annotations.NullMarked;
