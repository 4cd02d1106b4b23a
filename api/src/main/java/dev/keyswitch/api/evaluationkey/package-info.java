/// Evaluation keys: asked for with each assignment, claimed by a worker of the key holder, uploaded, checked, stored,
/// handed out to model servers, and deleted again.
@NullMarked
package dev.keyswitch.api.evaluationkey;

import org.jspecify.annotations.NullMarked;
