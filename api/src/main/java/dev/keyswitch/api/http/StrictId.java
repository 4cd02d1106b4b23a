package dev.keyswitch.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import dev.keyswitch.api.Id;
import java.io.IOException;
import java.util.UUID;

/// Takes ids in their one written form; Jackson's own reader takes base64 and more.
final class StrictId extends StdScalarDeserializer<UUID> {

    StrictId() {
        super(UUID.class);
    }

    @Override
    public UUID deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (UUID) context.handleUnexpectedToken(UUID.class, parser);
        }
        try {
            return Id.parse(parser.getText());
        } catch (IllegalArgumentException e) {
            return (UUID) context.handleWeirdStringValue(UUID.class, "", e.getMessage());
        }
    }
}
