package dev.keyswitch.contract.preview;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One evaluation key before and after a change.
///
/// @param before null if the change would ask for it
public record PreviewedKey(
        UUID id, UUID modelId, long generation, @Nullable EvaluationKeyState before, EvaluationKeyState after) {}
