package dev.keyswitch.contract.preview;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a changing call would do, asked with `dryRun=true`: it was done and undone, so nothing of it has happened.
///
/// @param status that the call would have
/// @param before the thing as it is; null if the call would create it
/// @param after the thing as it would be; null if it would be gone. Ids that are new in it are not those that the call would give
/// @param evaluationKeys of the token that would be asked for, or would get into another state
/// @param keyWork making the new evaluation keys; null if none would be asked for
public record Preview<T>(
        int status,
        @Nullable T before,
        @Nullable T after,
        List<PreviewedKey> evaluationKeys,
        @Nullable KeyWork keyWork) {
    public Preview {
        evaluationKeys = List.copyOf(evaluationKeys);
    }
}
