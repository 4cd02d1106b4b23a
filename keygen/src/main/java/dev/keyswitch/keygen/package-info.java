/// Evaluation keys for servers on Microsoft SEAL: encryption parameters, secret keys, key-switching keys and their wire form.
///
/// The public surface is this package; everything below `internal` may change at any time. Nothing here depends on a framework.
@NullMarked
package dev.keyswitch.keygen;

import org.jspecify.annotations.NullMarked;
