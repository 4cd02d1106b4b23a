@NullMarked
package dev.keyswitch.api.events;

import org.jspecify.annotations.NullMarked;
