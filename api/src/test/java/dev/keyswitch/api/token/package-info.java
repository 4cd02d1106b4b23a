@NullMarked
package dev.keyswitch.api.token;

import org.jspecify.annotations.NullMarked;
