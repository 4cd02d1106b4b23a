/// Style sheets and scripts, served under a name that changes with their content.
@NullMarked
package dev.keyswitch.console.asset;

import org.jspecify.annotations.NullMarked;
