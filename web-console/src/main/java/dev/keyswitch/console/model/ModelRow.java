package dev.keyswitch.console.model;

import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import java.time.Instant;

/// A model as lists and headings show it.
///
/// @param now when the page was made
public record ModelRow(Model model, ProfileFacts profile, Instant now) {

    public static ModelRow of(Model model, Instant now) {
        return new ModelRow(model, new ProfileFacts(model.encryptionProfile()), now);
    }

    public String path() {
        return "/models/" + model.id();
    }

    public boolean active() {
        return model.status() == ModelStatus.ACTIVE;
    }

    /// `no token`, `1 token`, `3 tokens`.
    public String tokens() {
        return Sizes.count(model.tokenCount(), "token", "tokens");
    }
}
