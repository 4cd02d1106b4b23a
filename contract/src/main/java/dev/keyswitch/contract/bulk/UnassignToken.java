package dev.keyswitch.contract.bulk;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Body of the operation UNASSIGN.
///
/// @param modelId end the assignment only if it is the one to this model
public record UnassignToken(@Nullable UUID modelId) {}
