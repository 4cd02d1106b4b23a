package dev.keyswitch.console.assignment;

import dev.keyswitch.console.model.ProfileFacts;
import dev.keyswitch.console.page.Times;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Duration;
import java.time.Instant;

/// What assigning to a model brings about, told before it is done.
///
/// @param keySize of the evaluation key that will be made
/// @param keyTime how long the latest one of that model took; empty if there is none
public record Effect(Model model, String keySize, String keyContents, String keyTime) {

    static Effect of(KeyswitchClient client, Model model) {
        ProfileFacts profile = new ProfileFacts(model.encryptionProfile());
        String time = client.evaluationKeys()
                .list(EvaluationKeyQuery.everything()
                        .modelId(model.id())
                        .state(EvaluationKeyState.READY)
                        .limit(1))
                .items()
                .stream()
                .findFirst()
                .map(Effect::time)
                .orElse("");
        return new Effect(model, profile.keySize(), profile.contents(), time);
    }

    /// Whether queries would be refused even with a key.
    public boolean modelInactive() {
        return model.status() == ModelStatus.INACTIVE;
    }

    private static String time(EvaluationKey key) {
        Instant ready = key.readyAt();
        return ready == null ? "" : Times.duration(Duration.between(key.requestedAt(), ready));
    }
}
