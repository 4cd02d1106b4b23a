@NullMarked
package dev.keyswitch.api.metrics;

import org.jspecify.annotations.NullMarked;
