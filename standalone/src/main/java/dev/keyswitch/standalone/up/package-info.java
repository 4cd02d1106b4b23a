/// The whole system in one process, its data in one folder.
@NullMarked
package dev.keyswitch.standalone.up;

import org.jspecify.annotations.NullMarked;
