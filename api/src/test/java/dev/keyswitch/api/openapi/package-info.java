@NullMarked
package dev.keyswitch.api.openapi;

import org.jspecify.annotations.NullMarked;
