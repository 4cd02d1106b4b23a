package dev.keyswitch.api.reference;

import java.util.ArrayList;
import java.util.List;

/// A model, and all that was told and written of it.
final class ModelState {

    boolean exists = true;
    boolean active = true;
    boolean other;
    final List<String> events = new ArrayList<>(List.of("model.created"));
    final List<String> audit = new ArrayList<>(List.of("model.created"));

    ModelState(boolean other) {
        this.other = other;
    }

    /// @param event null: nobody is told
    void changed(@org.jspecify.annotations.Nullable String event, String action) {
        if (event != null) {
            events.add(event);
        }
        audit.add(action);
    }
}
