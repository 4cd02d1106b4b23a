/// The Java client of Keyswitch. Start at [KeyswitchClient].
@NullMarked
package dev.keyswitch.sdk;

import org.jspecify.annotations.NullMarked;
