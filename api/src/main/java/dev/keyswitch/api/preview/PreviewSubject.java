package dev.keyswitch.api.preview;

import dev.keyswitch.api.security.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What changes below one path, as previews show it. Each feature brings its own. Everything is asked in the transaction of the preview.
public interface PreviewSubject {

    /// The path's first part below `/v1/`: `tokens`, say.
    String path();

    /// What a preview shows before and after.
    Class<?> type();

    /// The thing as the caller may read it, without values that are shown once.
    ///
    /// @throws dev.keyswitch.api.problem.ProblemException if there is no such thing for this caller
    Object read(Caller caller, UUID id);

    /// The id of the one that a path without an id is about; null if there is no such one.
    default @Nullable UUID own(Caller caller) {
        return null;
    }

    /// The id of what a call answers that has created it. Only asked where a path without an id creates something.
    default UUID created(Object answer) {
        throw new IllegalStateException("nothing is created at " + path());
    }

    /// The evaluation keys that a change may touch.
    default List<SeenKey> keys(Caller caller, UUID id) {
        return List.of();
    }

    /// The evaluation keys that a job would ask for which the change begins.
    ///
    /// @param before null if the change creates the thing
    default List<LaterKeys> later(Caller caller, @Nullable Object before, Object after) {
        return List.of();
    }
}
