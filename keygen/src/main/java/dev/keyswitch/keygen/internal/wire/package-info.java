/// Microsoft SEAL's byte format: headers, closed size formulas, a bounded writer and a distrustful reader.
@NullMarked
package dev.keyswitch.keygen.internal.wire;

import org.jspecify.annotations.NullMarked;
