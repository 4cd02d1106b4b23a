@NullMarked
package dev.keyswitch.api.bulk;

import org.jspecify.annotations.NullMarked;
