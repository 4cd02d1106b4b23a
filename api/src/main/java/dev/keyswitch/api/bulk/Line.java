package dev.keyswitch.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.bulk.BulkLine;
import dev.keyswitch.contract.bulk.TokenOperation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One line, read as strictly as a body. Its own body is read when it is known what it is for.
final class Line {

    private final BulkLine said;
    private final @Nullable JsonNode body;
    private final ObjectMapper json;

    private Line(BulkLine said, @Nullable JsonNode body, ObjectMapper json) {
        this.said = said;
        this.body = body;
        this.json = json;
    }

    /// @throws JsonProcessingException if it is not a line
    static Line read(byte[] text, ObjectMapper json) throws IOException {
        JsonNode tree = json.readTree(text);
        if (!(tree instanceof ObjectNode line)) {
            throw MismatchedInputException.from(null, BulkLine.class, "not an object");
        }
        JsonNode body = line.remove("body");
        return new Line(json.treeToValue(line, BulkLine.class), body == null || body.isNull() ? null : body, json);
    }

    TokenOperation operation() {
        return Fields.required("/operation", said.operation());
    }

    TokenId token() {
        return new TokenId(Fields.required("/tokenId", said.tokenId()));
    }

    IfMatch condition() {
        return said.ifMatch() == null ? IfMatch.anything() : IfMatch.of(said.ifMatch());
    }

    <T> T body(Class<T> type) throws IOException {
        return json.treeToValue(Fields.required("/body", body), type);
    }

    /// @return null if it has none
    <T> @Nullable T optionalBody(Class<T> type) throws IOException {
        return body == null ? null : json.treeToValue(body, type);
    }

    void requireNoBody() {
        if (body != null) {
            throw ProblemException.invalid("/body", "is not known with " + operation());
        }
    }

    void requireNoToken() {
        if (said.tokenId() != null || said.ifMatch() != null) {
            throw ProblemException.invalid(
                    said.tokenId() == null ? "/ifMatch" : "/tokenId", "is not known with " + operation());
        }
    }
}
