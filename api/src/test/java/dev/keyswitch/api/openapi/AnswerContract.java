package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.keyswitch.api.RawConnection.RawAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the OpenAPI document promises of answers: status, headers, media type, and the body by its JSON schema (2020-12, formats
/// included). For many threads.
final class AnswerContract {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/\\d+");

    private final JsonNode document;
    private final List<DescribedOperation> operations;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    AnswerContract(JsonNode document, List<DescribedOperation> operations) {
        this.document = document;
        this.operations = operations;
    }

    /// What is wrong with the answer; empty: nothing.
    ///
    /// @param path as it was sent, without the query
    Optional<String> deviation(String method, String path, RawAnswer answer) {
        if (answer.status() >= 500) {
            return Optional.of("status " + answer.status());
        }
        // What is no request at all is refused by the server itself, and to HEAD it says nothing more.
        boolean isUnread = method.equals("HEAD") && answer.status() == 400;
        if (!isUnread && answer.headers().getOrDefault("x-request-id", List.of()).size() != 1) {
            return Optional.of("status " + answer.status() + " without one X-Request-Id");
        }
        if (answer.status() >= 400) {
            return problem(method, answer);
        }
        if (answer.status() == 206 && !method.equals("HEAD") && !isAsLongAsItSays(answer)) {
            return Optional.of("a part that is not as long as it says: " + answer.header("content-range"));
        }
        Optional<DescribedOperation> operation = DescribedOperation.at(operations, method, path);
        return operation.isEmpty()
                ? Optional.of("answered where nothing is described")
                : described(answer, operation.get().facts().path("responses").path(Integer.toString(answer.status())));
    }

    private static boolean isAsLongAsItSays(RawAnswer answer) {
        Matcher range = RANGE.matcher(answer.header("content-range"));
        return range.matches() && Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1 == answer.body().length;
    }

    private Optional<String> problem(String method, RawAnswer answer) {
        if (method.equals("HEAD")) {
            return Optional.empty();
        }
        Optional<String> deviation = described(answer, document.at("/components/responses/Problem"));
        if (deviation.isPresent()) {
            return deviation;
        }
        if (!answer.header("content-encoding").isEmpty()) {
            return Optional.empty();
        }
        JsonNode problem = parsed(answer);
        if (problem == null || problem.get("status").asInt() != answer.status()) {
            return Optional.of("a problem with another status than its answer");
        }
        // One that is told again tells of the exchange in which it was made.
        boolean again = answer.headers().containsKey("idempotency-replayed");
        if (!again && !problem.path("requestId").asText().equals(answer.header("x-request-id"))) {
            return Optional.of("a problem with another request id than its answer");
        }
        return problem.get("detail").asText().isBlank() ? Optional.of("a problem that does not say why") : Optional.empty();
    }

    private Optional<String> described(RawAnswer answer, JsonNode response) {
        if (response.isMissingNode()) {
            return Optional.of("status " + answer.status() + " is not described");
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return answer.body().length == 0 ? Optional.empty() : Optional.of("a body where none is described");
        }
        String type = content.fieldNames().next();
        String sent = answer.header("content-type");
        if (!sent.equals(type) && !sent.startsWith(type + ";")) {
            return Optional.of("content type " + sent + " instead of " + type);
        }
        boolean isReadable = type.endsWith("json") && answer.header("content-encoding").isEmpty();
        JsonNode schema = content.get(type).get("schema");
        if (isReadable && type.endsWith("ndjson")) {
            return answer.text().lines().map(line -> lineUnfit(answer, line, schema)).flatMap(Optional::stream).findFirst();
        }
        return isReadable ? unfit(answer, schema) : Optional.empty();
    }

    /// Each line answers for itself.
    private Optional<String> lineUnfit(RawAnswer answer, String line, JsonNode schema) {
        RawAnswer one = new RawAnswer(answer.status(), answer.headers(), line.getBytes(StandardCharsets.UTF_8));
        return unfit(one, schema)
                .or(() -> java.util.Objects.requireNonNull(parsed(one)).path("status").asInt() < 500
                        ? Optional.empty()
                        : Optional.of("a line of status " + parsed(one).path("status")));
    }

    private Optional<String> unfit(RawAnswer answer, JsonNode schema) {
        JsonNode body = parsed(answer);
        return body == null ? Optional.of("not JSON") : unfit(body, schema);
    }

    /// What is wrong with a body, as its schema has it.
    Optional<String> unfit(JsonNode body, JsonNode schema) {
        List<Error> errors = schemas.computeIfAbsent(schema.toString(), _ -> compiled(schema))
                .validate(body, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of("not of its schema: " + errors.stream().map(Error::toString).sorted().limit(3).collect(Collectors.joining("; ")));
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", document.get("components"));
        return registry.getSchema(whole);
    }

    static @Nullable JsonNode parsed(RawAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
