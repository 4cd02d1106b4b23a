/// The HTTP API of Keyswitch: transactions, outbox and relay, evaluation key store.
///
/// Several Micronaut applications may share one JVM and one classpath; the beans below belong to the context that
/// [ApiServer] starts and to no other.
@Configuration
@Requires(property = "keyswitch.application", value = "api")
@NullMarked
package dev.keyswitch.api;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
