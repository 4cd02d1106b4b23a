package dev.keyswitch.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.Json;

/// Contract records as JSON, the way the API answers them: fields without a value are null, except those that only some
/// answers have.
final class JsonDocument {
    private static final ObjectWriter LINES = Json.mapper().writer();

    private JsonDocument() {}

    static String of(Object document) {
        try {
            return writer().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a contract record can always be written", e);
        }
    }

    /// On one line, for streams of documents.
    static String line(Object document) {
        try {
            return LINES.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a contract record can always be written", e);
        }
    }

    private static ObjectWriter writer() {
        ObjectMapper mapper = Json.mapper()
                .setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS)
                .addMixIn(EncryptionProfile.class, OnlySomeFields.class)
                .addMixIn(Token.class, OnlySometimesAValue.class)
                .addMixIn(Credential.class, OnlySometimesAValue.class);
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return mapper.writer(
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface OnlySomeFields {}

    @SuppressWarnings("UnusedMethod") // Jackson reads it
    private interface OnlySometimesAValue {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String value();
    }
}
