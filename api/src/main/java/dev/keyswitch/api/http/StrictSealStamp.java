package dev.keyswitch.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import dev.keyswitch.contract.model.SealStamp;
import java.io.IOException;

/// Takes a SEAL version as a text: as a number, 4.10 would be 4.1.
final class StrictSealStamp extends StdScalarDeserializer<SealStamp> {

    StrictSealStamp() {
        super(SealStamp.class);
    }

    @Override
    public SealStamp deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (SealStamp) context.handleUnexpectedToken(SealStamp.class, parser);
        }
        try {
            return SealStamp.ofText(parser.getText());
        } catch (IllegalArgumentException e) {
            return (SealStamp) context.handleWeirdStringValue(SealStamp.class, parser.getText(), e.getMessage());
        }
    }
}
