package dev.keyswitch.api.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The same text for what the API answers and for what the reference has, if they are the same.
final class Views {

    private final Calls names;

    Views(Calls names) {
        this.names = names;
    }

    String of(JsonNode token) {
        return token.get("status").asText() + " " + token.get("custody").asText() + " h" + names.holders.indexOf(UUID.fromString(token.get("holderId").asText()))
                + " g" + token.get("generation") + " active=" + token.get("activeGeneration") + " model=" + names.modelNumbers.get(token.get("modelId").asText())
                + " key=" + key(token.get("evaluationKey")) + " pending=" + pending(token.get("pendingReassignment"));
    }

    static String of(TokenState token) {
        KeyState present = token.model == null ? null : token.present();
        KeyState pending = token.pending();
        return token.status + " " + token.custody + " h" + token.holder + " g" + token.generation + " active=" + token.active + " model=" + token.model
                + " key=" + (present == null ? "null" : present.facts())
                + " pending=" + (pending == null ? "null" : "m" + token.pendingModel + " g" + token.pendingGeneration + " " + pending.facts());
    }

    static String key(JsonNode key) {
        return key.isNull() ? "null" : "g" + key.get("generation") + " " + key.get("state").asText() + " a" + key.get("attempt");
    }

    private String pending(JsonNode pending) {
        return pending.isNull()
                ? "null"
                : "m" + names.modelNumbers.get(pending.get("modelId").asText()) + " g" + pending.get("generation") + " " + key(pending.get("evaluationKey"));
    }

    /// @param token JSON's null: none
    String orNothing(JsonNode token) {
        return token.isNull() ? "nothing" : of(token);
    }

    static String orNothing(@Nullable TokenState token) {
        return token == null || !token.exists ? "nothing" : of(token);
    }

    /// Whether it may query, as introspection answers.
    static String access(JsonNode answer) {
        return answer.get("active").asBoolean() ? "active g" + answer.at("/evaluation_key/generation") : answer.path("reason").asText("unknown");
    }

    /// What a preview says of evaluation keys.
    static List<String> changedKeys(JsonNode keys) {
        List<String> changed = new ArrayList<>();
        keys.forEach(key -> changed.add("g" + key.get("generation") + " " + key.get("before").asText() + " -> " + key.get("after").asText()));
        return changed.stream().sorted().toList();
    }

    static List<String> changedKeys(@Nullable TokenState before, TokenState after) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < after.keys.size(); i++) {
            KeyState now = after.keys.get(i);
            String then = before == null || before.keys.size() <= i ? "null" : before.keys.get(i).state().name();
            if (!then.equals(now.state().name())) {
                changed.add("g" + now.generation() + " " + then + " -> " + now.state());
            }
        }
        return changed.stream().sorted().toList();
    }

    /// Empty if they are the same.
    static Optional<String> differ(String what, Object is, Object shouldBe) {
        return is.equals(shouldBe) ? Optional.empty() : Optional.of(what + " is\n    " + lines(is) + "\nand not\n    " + lines(shouldBe));
    }

    private static String lines(Object value) {
        return value instanceof List<?> list ? String.join("\n    ", list.stream().map(String::valueOf).toList()) : value.toString();
    }
}
