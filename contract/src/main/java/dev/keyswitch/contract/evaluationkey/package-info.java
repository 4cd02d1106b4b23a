/// Evaluation keys: states, claims, uploads.
@NullMarked
package dev.keyswitch.contract.evaluationkey;

import org.jspecify.annotations.NullMarked;
