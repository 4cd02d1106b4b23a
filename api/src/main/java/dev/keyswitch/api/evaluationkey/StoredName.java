package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.Id;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names the bytes that one attempt on one evaluation key ended in. Another attempt has other bytes and another name, so
/// a name never changes its meaning.
record StoredName(EvaluationKeyId evaluationKey, int attempt) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})-([1-9][0-9]{0,9})");

    String text() {
        return evaluationKey + "-" + attempt;
    }

    /// Empty if nothing of ours is called so.
    static Optional<StoredName> ofText(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredName(
                    new EvaluationKeyId(Id.parse(matcher.group(1))), Integer.parseInt(matcher.group(2))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
