@NullMarked
package dev.keyswitch.api.health;

import org.jspecify.annotations.NullMarked;
