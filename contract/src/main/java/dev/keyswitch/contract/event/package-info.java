/// What is published to Kafka: topics, types, data.
@NullMarked
package dev.keyswitch.contract.event;

import org.jspecify.annotations.NullMarked;
