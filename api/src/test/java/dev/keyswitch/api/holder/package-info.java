@NullMarked
package dev.keyswitch.api.holder;

import org.jspecify.annotations.NullMarked;
