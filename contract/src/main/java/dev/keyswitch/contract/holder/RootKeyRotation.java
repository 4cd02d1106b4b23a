package dev.keyswitch.contract.holder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the replacement of the evaluation keys is that were made from a former root key.
///
/// @param total assigned tokens of the key holder when it began
/// @param done tokens it is through with: their keys are of the present root key, or asked for
/// @param failure why the latest attempt did not get on; it is tried again
public record RootKeyRotation(long total, long done, Instant requestedAt, @Nullable String failure) {}
