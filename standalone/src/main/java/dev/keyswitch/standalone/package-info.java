/// Everything in one process: the commands `up`, `demo` and `provision`, beside those of the CLI.
@NullMarked
package dev.keyswitch.standalone;

import org.jspecify.annotations.NullMarked;
