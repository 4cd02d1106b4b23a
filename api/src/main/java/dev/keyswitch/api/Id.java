package dev.keyswitch.api;

import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;

/// Names one thing of one kind. Ids have types inside the JVM; bare UUIDs only in SQL, JSON and Kafka.
public sealed interface Id permits AccountId, CredentialId, EvaluationKeyId, HolderId, ModelId, TokenId, UploadId {

    UUID value();

    /// As PostgreSQL writes an array of them; each once.
    static String array(Collection<? extends Id> ids) {
        return ids.stream().distinct().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /// @throws IllegalArgumentException if `text` is not written as an id
    static UUID parse(String text) {
        if (!isWritten(text)) {
            throw new IllegalArgumentException("an id looks like 0190163d-8694-739b-aea5-966c26f8ad91");
        }
        return UUID.fromString(text);
    }

    /// Whether this is how ids are written: the one form that people and JSON use, 8-4-4-4-12 hexadecimal digits. `UUID.fromString` takes more
    /// than that.
    static boolean isWritten(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : !HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
