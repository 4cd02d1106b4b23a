/// Whether this node lives and can serve.
@NullMarked
package dev.keyswitch.api.health;

import org.jspecify.annotations.NullMarked;
