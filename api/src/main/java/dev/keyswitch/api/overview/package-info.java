/// An account in numbers.
@NullMarked
package dev.keyswitch.api.overview;

import org.jspecify.annotations.NullMarked;
