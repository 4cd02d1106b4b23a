/// What a change of a model or of a key holder means for each of its tokens: durable, resumed after a crash, token by token.
@NullMarked
package dev.keyswitch.api.tokenjob;

import org.jspecify.annotations.NullMarked;
