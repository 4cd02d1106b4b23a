package dev.keyswitch.api;

import java.util.Collection;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names one thing of one kind. Ids have types inside the JVM; bare UUIDs only in SQL, JSON and Kafka.
public sealed interface Id permits AccountId, CredentialId, EvaluationKeyId, HolderId, ModelId, TokenId, UploadId {

    /// How ids are written: the one form that people and JSON use. `UUID.fromString` takes more than that.
    Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    UUID value();

    /// As PostgreSQL writes an array of them; each once.
    static String array(Collection<? extends Id> ids) {
        return ids.stream().distinct().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /// @throws IllegalArgumentException if `text` is not written as an id
    static UUID parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("an id looks like 0190163d-8694-739b-aea5-966c26f8ad91");
        }
        return UUID.fromString(text);
    }
}
