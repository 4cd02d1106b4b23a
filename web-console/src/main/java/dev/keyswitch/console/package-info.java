/// The web console: server-rendered pages for people. Every read and write goes through the Java SDK.
///
/// The beans of this package and those below it exist only in an application context that was started as the console,
/// so that the console and other Micronaut applications can share one JVM.
@Configuration
@Requires(property = "keyswitch.application", value = "console")
@NullMarked
package dev.keyswitch.console;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
