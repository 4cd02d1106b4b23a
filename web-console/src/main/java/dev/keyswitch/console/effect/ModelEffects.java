package dev.keyswitch.console.effect;

import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelJob;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a change of a model brings about.
public final class ModelEffects {

    private ModelEffects() {}

    /// @param preview of activating, deactivating or deleting it
    public static List<String> of(Preview<Model> preview) {
        Model before = Objects.requireNonNull(preview.before(), "only a model that is there is changed");
        Model after = preview.after();
        if (before.status() == ModelStatus.INACTIVE && after != null && after.status() == ModelStatus.ACTIVE) {
            return List.of(
                    before.tokenCount() == 0
                            ? "No token is assigned to it."
                            : answered(before) + " can query it again, as far as evaluation keys are ready.");
        }
        List<String> sentences = new ArrayList<>();
        if (before.status() == ModelStatus.ACTIVE) {
            sentences.add(
                    before.tokenCount() == 0
                            ? "No token is assigned to it, so no query stops."
                            : "Queries of " + tokens(before.tokenCount()) + " are refused from that moment on.");
        }
        long moves = moves(before, after);
        if (moves > 0) {
            sentences.add(Sizes.count(moves, "move", "moves") + " to it that " + (moves == 1 ? "waits" : "wait")
                    + " for an evaluation key " + (moves == 1 ? "is" : "are") + " canceled.");
        }
        ModelJob job = begun(before, after);
        if (job != null && job.kind() == ModelJob.Kind.UNASSIGN_TOKENS && before.tokenCount() > 0) {
            sentences.add(tokens(before.tokenCount()) + (before.tokenCount() == 1 ? " loses its" : " lose their")
                    + " assignment and evaluation keys, one after the other. The tokens stay.");
            sentences.add("The model is gone when that is done.");
        } else if (after != null && before.tokenCount() > 0) {
            sentences.add(before.tokenCount() == 1
                    ? "The token stays assigned, and keeps its evaluation key."
                    : "The tokens stay assigned, and keep their evaluation keys.");
        }
        return sentences;
    }

    /// @param preview of giving it another encryption profile
    public static List<String> ofProfile(Preview<Model> preview) {
        EncryptionProfile before = Objects.requireNonNull(preview.before(), "only a model that is there is changed").encryptionProfile();
        EncryptionProfile after = Objects.requireNonNull(preview.after(), "a model that is changed stays").encryptionProfile();
        List<String> sentences = new ArrayList<>();
        KeyWork work = preview.keyWork();
        if (work == null) {
            sentences.add("No token is assigned, so no evaluation key has to be made.");
        } else {
            sentences.add(Sizes.count(work.keys(), "new evaluation key is", "new evaluation keys are") + " made, token by token: "
                    + Work.words(work) + ".");
            sentences.add("Encrypted queries of a token are refused from its turn on until its new key is ready; the present key is superseded.");
        }
        sentences.add(Objects.equals(before.parmsId(), after.parmsId())
                ? "Ciphertexts and secret keys of the present parameters still fit."
                : "Ciphertexts of the present parameters fit the model no longer.");
        return sentences;
    }

    /// Whether the profile that was asked for is the one it has.
    public static boolean sameProfile(Preview<Model> preview) {
        return preview.before() != null
                && preview.after() != null
                && Objects.equals(
                        preview.before().encryptionProfile().digest(), preview.after().encryptionProfile().digest());
    }

    /// Moves to it that would be canceled: a job is about them and about the tokens that are assigned.
    private static long moves(Model before, @Nullable Model after) {
        ModelJob job = begun(before, after);
        return job == null || job.kind() == ModelJob.Kind.RENEW_KEYS ? 0 : job.total() - before.tokenCount();
    }

    /// The job that the change begins; null if it begins none.
    private static @Nullable ModelJob begun(Model before, @Nullable Model after) {
        ModelJob job = after == null ? null : after.job();
        return Objects.equals(job, before.job()) ? null : job;
    }

    private static String answered(Model model) {
        String tokens = tokens(model.tokenCount());
        return Character.toUpperCase(tokens.charAt(0)) + tokens.substring(1);
    }

    private static String tokens(long count) {
        return Sizes.count(count, "token", "tokens");
    }
}
