package dev.keyswitch.api.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/// What a preview has said of a step, to be held against what the step is answered: the same, field by field, but for what is new each
/// time.
///
/// @param after as the preview has it
record Promise(Step of, JsonNode after) {

    private static final Set<String> NEW = Set.of("id", "tokenId", "value", "valueHint", "createdAt", "expiresAt", "requestedAt", "claimedAt", "readyAt", "since",
            // written a moment after the use, maybe between the two
            "lastUsedAt");

    /// The first field that is otherwise. What only one of the two tells is not compared: claims are answered in words of their own.
    Optional<String> broken(JsonNode answer) {
        return broken("", after, answer);
    }

    private static Optional<String> broken(String path, JsonNode promised, JsonNode answered) {
        if (promised.isObject() && answered.isObject()) {
            return promised.properties().stream()
                    .filter(field -> answered.has(field.getKey()) && !NEW.contains(field.getKey()))
                    .map(field -> broken(path + "/" + field.getKey(), field.getValue(), answered.get(field.getKey())))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return promised.equals(answered)
                ? Optional.empty()
                : Optional.of("the preview has said of " + path + " that it would be " + promised + ", and not " + answered);
    }
}
