package dev.keyswitch.api.reference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model, and all that was told and written of it.
final class ModelState {

    boolean exists = true;
    boolean active = true;
    boolean other;
    final List<String> events = new ArrayList<>();
    final List<String> audit = new ArrayList<>();

    ModelState(boolean other) {
        this.other = other;
        changed("model.created", "model.created");
    }

    private ModelState(ModelState like) {
        this.exists = like.exists;
        this.active = like.active;
        this.other = like.other;
        this.events.addAll(like.events);
        this.audit.addAll(like.audit);
    }

    ModelState copy() {
        return new ModelState(this);
    }

    /// @param event null: nobody is told
    void changed(@Nullable String event, String action) {
        if (event != null) {
            events.add(event);
        }
        audit.add(action);
    }
}
