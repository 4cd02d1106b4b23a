@NullMarked
package dev.keyswitch.standalone.bench;

import org.jspecify.annotations.NullMarked;
