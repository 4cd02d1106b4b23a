package dev.keyswitch.console.assignment;

import dev.keyswitch.console.effect.TokenEffects;
import dev.keyswitch.console.page.Times;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What moving a token to another model brings about, in each of the two ways, as the API tells it beforehand.
///
/// @param atOnce the first way
/// @param whenReady the second one
/// @param keyTime how long the latest evaluation key of that model took; empty if there is none
public record Reassignment(Model model, Way atOnce, Way whenReady, String keyTime) {

    /// @param effects empty if it is refused
    /// @param refusal why it cannot be done; null if it can
    public record Way(List<String> effects, @Nullable String refusal) {

        public Way {
            effects = List.copyOf(effects);
        }

        private List<String> without(List<String> others) {
            return effects.stream().filter(effect -> !others.contains(effect)).toList();
        }
    }

    static Reassignment of(KeyswitchClient client, Token token, Model model, Instant now) {
        return new Reassignment(
                model,
                way(client, token, model, AssignmentMode.IMMEDIATE, now),
                way(client, token, model, AssignmentMode.WHEN_READY, now),
                keyTime(client, model));
    }

    private static Way way(KeyswitchClient client, Token token, Model model, AssignmentMode mode, Instant now) {
        try {
            return new Way(TokenEffects.of(client, client.previews().reassign(token.id(), model.id(), mode), now), null);
        } catch (ProblemException e) {
            if (e.status() != 409) {
                throw e;
            }
            return new Way(List.of(), e.getMessage());
        }
    }

    private static String keyTime(KeyswitchClient client, Model model) {
        return client.evaluationKeys()
                .list(EvaluationKeyQuery.everything()
                        .modelId(model.id())
                        .state(EvaluationKeyState.READY)
                        .limit(1))
                .items()
                .stream()
                .findFirst()
                .map(Reassignment::time)
                .orElse("");
    }

    private static String time(EvaluationKey key) {
        Instant ready = key.readyAt();
        return ready == null ? "" : Times.duration(Duration.between(key.requestedAt(), ready));
    }

    /// What happens in either way.
    public List<String> always() {
        return atOnce.effects().stream().filter(whenReady.effects()::contains).toList();
    }

    /// What happens only so.
    public List<String> only(Way way) {
        return way.without(always());
    }

    /// Whether it cannot be done at all.
    public boolean impossible() {
        return atOnce.refusal() != null && whenReady.refusal() != null;
    }
}
