/// The pages about tokens.
@NullMarked
package dev.keyswitch.console.token;

import org.jspecify.annotations.NullMarked;
