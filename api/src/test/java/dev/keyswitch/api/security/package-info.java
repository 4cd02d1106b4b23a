@NullMarked
package dev.keyswitch.api.security;

import org.jspecify.annotations.NullMarked;
