/// The first page: numbers, models at hand, what happened last.
@NullMarked
package dev.keyswitch.console.overview;

import org.jspecify.annotations.NullMarked;
