/// How every refusal looks on the wire (RFC 9457).
@NullMarked
package dev.keyswitch.contract.problem;

import org.jspecify.annotations.NullMarked;
