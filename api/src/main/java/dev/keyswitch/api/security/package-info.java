/// Who calls, and whether the role allows it.
@NullMarked
package dev.keyswitch.api.security;

import org.jspecify.annotations.NullMarked;
