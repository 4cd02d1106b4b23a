@NullMarked
package dev.keyswitch.api;

import org.jspecify.annotations.NullMarked;
