/// Many operations in one call.
@NullMarked
package dev.keyswitch.contract.bulk;

import org.jspecify.annotations.NullMarked;
