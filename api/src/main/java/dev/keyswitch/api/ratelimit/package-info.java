/// How often one credential may call.
@NullMarked
package dev.keyswitch.api.ratelimit;

import org.jspecify.annotations.NullMarked;
