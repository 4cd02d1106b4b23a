/// `keyswitch torture`: the whole system as processes of their own, killed, stopped and cut off at random while callers change
/// tokens; then a proof that nothing was lost, done twice or made wrong.
///
/// Reads downward: [TortureCommand] runs rounds; [Cluster] has the [Program]s and the [CuttableProxy]s between them; [Faults]
/// does the harm; [Callers] change tokens and keep a [Ledger] of what they were promised; [Checker] compares.
@NullMarked
package dev.keyswitch.standalone.torture;

import org.jspecify.annotations.NullMarked;
