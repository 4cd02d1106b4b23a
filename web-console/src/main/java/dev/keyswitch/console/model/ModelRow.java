package dev.keyswitch.console.model;

import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelJob;
import dev.keyswitch.contract.model.ModelStatus;
import java.time.Instant;

/// A model as lists and headings show it.
///
/// @param now when the page was made
public record ModelRow(Model model, ProfileFacts profile, Instant now) {

    public static ModelRow of(Model model, Instant now) {
        return new ModelRow(model, new ProfileFacts(model.encryptionProfile()), now);
    }

    /// Changes when anything does that the pages of a model show.
    public static String shape(Model model) {
        return Live.shape(
                model.name(),
                model.description(),
                model.status(),
                model.tokenCount(),
                String.valueOf(model.encryptionProfile().digest()),
                String.valueOf(model.job()));
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

    /// What the model's job is doing, as the beginning of a sentence; empty if it has none.
    public String jobWords() {
        ModelJob job = model.job();
        return job == null ? "" : switch (job.kind()) {
            case RENEW_KEYS -> "New evaluation keys are asked for, token by token.";
            case UNASSIGN_TOKENS -> "The model is being deleted: its tokens are unassigned, one after the other.";
            case CANCEL_MOVES -> "Moves to this model are being canceled.";
        };
    }
}
