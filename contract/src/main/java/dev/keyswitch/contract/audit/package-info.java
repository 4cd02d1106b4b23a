/// The audit trail on the wire.
@NullMarked
package dev.keyswitch.contract.audit;

import org.jspecify.annotations.NullMarked;
