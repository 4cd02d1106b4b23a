@NullMarked
package dev.keyswitch.api.assignment;

import org.jspecify.annotations.NullMarked;
