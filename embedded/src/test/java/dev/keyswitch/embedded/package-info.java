/// Servers for integration tests.
@NullMarked
package dev.keyswitch.embedded;

import org.jspecify.annotations.NullMarked;
