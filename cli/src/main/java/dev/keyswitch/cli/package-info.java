/// The `keyswitch` command. One command per file; [Failures] is the only place that turns exceptions into sentences and
/// exit codes.
@NullMarked
package dev.keyswitch.cli;

import org.jspecify.annotations.NullMarked;
