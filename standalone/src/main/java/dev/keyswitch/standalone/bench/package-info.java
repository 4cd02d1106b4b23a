/// Measurements that a user can repeat.
@NullMarked
package dev.keyswitch.standalone.bench;

import org.jspecify.annotations.NullMarked;
