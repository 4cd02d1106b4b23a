package dev.keyswitch.keygen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What native SEAL and other programs computed, as data files beside the tests.
public final class Vectors {
    private Vectors() {}

    public static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(
                Vectors.class.getResourceAsStream("/dev/keyswitch/keygen/vectors/" + name), name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /// Numbers are written as numbers or as decimal strings.
    public static long[] longs(JsonNode array) {
        return each(array).mapToLong(JsonNode::asLong).toArray();
    }

    public static int[] ints(JsonNode array) {
        return each(array).mapToInt(JsonNode::asInt).toArray();
    }

    public static byte[] hex(JsonNode text) {
        return HexFormat.of().parseHex(text.asText());
    }

    static Scheme scheme(int sealId) {
        return Stream.of(Scheme.values())
                .filter(scheme -> scheme.sealId() == sealId)
                .findFirst()
                .orElseThrow();
    }
}
