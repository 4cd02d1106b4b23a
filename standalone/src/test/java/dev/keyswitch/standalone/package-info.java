/// End-to-end tests: whole systems, as processes.
@NullMarked
package dev.keyswitch.standalone;

import org.jspecify.annotations.NullMarked;
