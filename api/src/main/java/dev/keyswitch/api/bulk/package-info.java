/// Many operations in one call, each by itself.
@NullMarked
package dev.keyswitch.api.bulk;

import org.jspecify.annotations.NullMarked;
