@NullMarked
package dev.keyswitch.api.http;

import org.jspecify.annotations.NullMarked;
