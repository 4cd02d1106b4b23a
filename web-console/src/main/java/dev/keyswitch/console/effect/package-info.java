/// What a change brings about, in sentences: made of the API's previews, and of nothing else.
@NullMarked
package dev.keyswitch.console.effect;

import org.jspecify.annotations.NullMarked;
