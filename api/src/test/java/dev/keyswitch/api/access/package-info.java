@NullMarked
package dev.keyswitch.api.access;

import org.jspecify.annotations.NullMarked;
