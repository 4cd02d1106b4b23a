/// What changes on an open page without reloading it.
@NullMarked
package dev.keyswitch.console.live;

import org.jspecify.annotations.NullMarked;
