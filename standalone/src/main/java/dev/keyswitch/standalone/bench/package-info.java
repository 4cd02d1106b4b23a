/// Commands that measure, on real parts and on this machine.
@NullMarked
package dev.keyswitch.standalone.bench;

import org.jspecify.annotations.NullMarked;
