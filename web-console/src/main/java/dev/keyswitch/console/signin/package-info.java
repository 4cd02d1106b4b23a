/// Signing in and out.
@NullMarked
package dev.keyswitch.console.signin;

import org.jspecify.annotations.NullMarked;
