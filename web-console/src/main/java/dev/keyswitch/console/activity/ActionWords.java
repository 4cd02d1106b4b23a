package dev.keyswitch.console.activity;

import dev.keyswitch.contract.audit.AuditedChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What each kind of change is called. `{token}`, `{model}`, `{pending}` and `{name}` stand for names.
public final class ActionWords {

    private static final Map<String, String> SENTENCES = sentences();

    private ActionWords() {}

    /// Every kind, in the order in which filters offer them.
    public static Map<String, String> all() {
        return SENTENCES;
    }

    /// A kind as filters name it, for example `Token assigned`.
    public static String title(String action) {
        String words = action.replace(".", " ").replace("-", " ");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static String of(AuditedChange change) {
        if (change.action().equals("token.changed")) {
            return ofChangedToken(
                    Objects.requireNonNullElse(change.before(), Map.of()),
                    Objects.requireNonNullElse(change.after(), Map.of()));
        }
        return SENTENCES.getOrDefault(change.action(), change.action());
    }

    private static String ofChangedToken(Map<String, Object> before, Map<String, Object> after) {
        if (differs("status", before, after)) {
            return switch (text(after.get("status"))) {
                case "SUSPENDED" -> "suspended {token}";
                case "CANCELED" -> "canceled {token}";
                default -> "CANCELED".equals(text(before.get("status"))) ? "reinstated {token}" : "resumed {token}";
            };
        }
        if (differs("name", before, after)) {
            return "renamed {token}, before " + text(before.get("name"));
        }
        return differs("expiresAt", before, after) ? "renewed {token}" : SENTENCES.getOrDefault("token.changed", "");
    }

    private static boolean differs(String fact, Map<String, Object> before, Map<String, Object> after) {
        return !Objects.equals(before.get(fact), after.get(fact));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static Map<String, String> sentences() {
        Map<String, String> sentences = new LinkedHashMap<>();
        sentences.put("token.created", "created the token {token}");
        sentences.put("token.assigned", "assigned {token} to {model}");
        sentences.put("token.reassigned", "reassigned {token} to {model}");
        sentences.put("token.move-requested", "will move {token} to {pending} when its key is ready");
        sentences.put("token.move-canceled", "canceled the move of {token} to {pending}");
        sentences.put("token.moved", "moved {token} to {model}: its key is ready");
        sentences.put("token.unassigned", "removed {token} from {model}");
        sentences.put("token.changed", "changed {token}");
        sentences.put("token.rolled", "rolled the value of {token}");
        sentences.put("token.key-renewed", "asked for a new evaluation key of {token}");
        sentences.put("token.deleted", "deleted the token {token}");
        sentences.put("evaluation-key.requested", "asked again for the evaluation key of {token} for {model}");
        sentences.put("evaluation-key.generating", "began the evaluation key of {token} for {model}");
        sentences.put("evaluation-key.ready", "delivered the evaluation key of {token} for {model}");
        sentences.put("evaluation-key.failed", "gave up the evaluation key of {token} for {model}");
        sentences.put("evaluation-key.superseded", "replaced the evaluation key of {token} for {model}");
        sentences.put("evaluation-key.revoked", "revoked the evaluation key of {token} for {model}");
        sentences.put("model.created", "added the model {model}");
        sentences.put("model.changed", "changed {model}");
        sentences.put("model.profile-changed", "gave {model} another encryption profile");
        sentences.put("model.activated", "activated {model}");
        sentences.put("model.deactivated", "deactivated {model}");
        sentences.put("model.deletion-requested", "began to delete {model} with its assignments");
        sentences.put("model.deleted", "deleted the model {model}");
        sentences.put("credential.created", "created the credential {name}");
        sentences.put("credential.revoked", "revoked the credential {name}");
        sentences.put("holder.created", "added the key holder {name}");
        sentences.put("holder.changed", "changed the key holder {name}");
        sentences.put("holder.root-key-rotated", "rotated the root key of {name}");
        sentences.put("account.created", "created the account");
        sentences.put("account.changed", "changed the account's settings");
        sentences.put("account.suspended", "suspended the account");
        sentences.put("account.resumed", "resumed the account");
        return Collections.unmodifiableMap(sentences);
    }
}
