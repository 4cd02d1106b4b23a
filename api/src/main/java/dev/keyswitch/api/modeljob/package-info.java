/// What a change of a model means for each of its tokens: durable, resumed after a crash, token by token.
@NullMarked
package dev.keyswitch.api.modeljob;

import org.jspecify.annotations.NullMarked;
