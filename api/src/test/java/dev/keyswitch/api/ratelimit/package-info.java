@NullMarked
package dev.keyswitch.api.ratelimit;

import org.jspecify.annotations.NullMarked;
