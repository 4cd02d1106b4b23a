/// Previews: changes that are done, looked at, and undone.
@NullMarked
package dev.keyswitch.api.preview;

import org.jspecify.annotations.NullMarked;
