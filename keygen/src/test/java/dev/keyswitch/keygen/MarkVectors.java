package dev.keyswitch.keygen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads the vectors of what is derived from a root key.
final class MarkVectors {
    private MarkVectors() {}

    static Stream<JsonNode> marks() {
        return Vectors.each(Vectors.read("holder-marks.json").get("cases"));
    }

    static KeyId keyId(JsonNode vector) {
        return new KeyId(
                UUID.fromString(vector.get("deploymentId").asText()),
                UUID.fromString(vector.get("tokenId").asText()),
                UUID.fromString(vector.get("modelId").asText()),
                vector.get("generation").asLong());
    }

    static List<Part> parts(JsonNode vector) {
        return Vectors.each(vector.get("parts"))
                .map(part -> new Part(
                        PartKind.valueOf(part.get("kind").asText()),
                        part.get("offset").asLong(),
                        part.get("length").asLong()))
                .toList();
    }
}
