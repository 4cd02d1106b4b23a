/// What a model server embeds to decide by itself, in a microsecond, whether a token may query a model: [AccessView].
@NullMarked
package dev.keyswitch.access;

import org.jspecify.annotations.NullMarked;
