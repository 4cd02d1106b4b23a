package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.api.http.HttpMethods;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.preview.Previewed;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.problem.Problem;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Header;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Describes every operation below `/v1`: path, roles, body and answer as the code has them, sentences and query parameters from
/// `operations.json`, examples of answers from [Examples]. An operation without an entry there is an error: it would be undescribed.
@Singleton
final class OpenApiDocument {

    private static final String TEXTS = "/api/openapi/operations.json";
    private static final String JSON = "application/json";

    private final Router router;
    private final ObjectMapper json;
    private final JsonNode texts;
    private final Schemas schemas;
    /// What a preview shows, by the first part of the path.
    private final Map<String, Class<?>> previewed;

    OpenApiDocument(Router router, List<PreviewSubject> subjects, ObjectMapper json) {
        this.previewed = subjects.stream().collect(Collectors.toMap(PreviewSubject::path, PreviewSubject::type));
        this.router = router;
        this.json = json;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(TEXTS))) {
            this.texts = json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.schemas = new Schemas(json, texts.path("schemas"));
    }

    /// The same for the same code, down to the order.
    ObjectNode write() {
        ObjectNode document = json.createObjectNode().put("openapi", "3.1.0");
        document.set("info", texts.get("info"));
        document.putArray("security").addObject().putArray("bearer");
        ObjectNode paths = document.putObject("paths");
        operations().forEach(route -> paths.withObjectProperty(path(route))
                .set(route.getHttpMethod().name().toLowerCase(Locale.ROOT), operation(route)));
        ObjectNode components = document.putObject("components");
        problem(components);
        ObjectNode bearer = components.putObject("securitySchemes").putObject("bearer");
        bearer.put("type", "http").put("scheme", "bearer").put("description", "A management credential, ksm_…");
        ObjectNode described = components.putObject("schemas");
        schemas.components().forEach(described::set);
        Examples.all().forEach((name, example) -> described.withObjectProperty(name).putArray("examples").add(json.<JsonNode>valueToTree(example)));
        return document;
    }

    private List<UriRouteInfo<?, ?>> operations() {
        return router.uriRoutes()
                .filter(route -> path(route).startsWith("/v1/"))
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD || isOwnHead(route))
                .sorted(Comparator.<UriRouteInfo<?, ?>, String>comparing(OpenApiDocument::path)
                        .thenComparing(UriRouteInfo::getHttpMethod))
                .toList();
    }

    /// Micronaut adds a HEAD to every GET.
    private static boolean isOwnHead(UriRouteInfo<?, ?> route) {
        return route.getTargetMethod().hasAnnotation(io.micronaut.http.annotation.Head.class);
    }

    private static String path(UriRouteInfo<?, ?> route) {
        return route.getUriMatchTemplate().toPathString();
    }

    private ObjectNode operation(UriRouteInfo<?, ?> route) {
        String key = route.getHttpMethod() + " " + path(route);
        JsonNode text = texts.path("operations").path(key);
        if (text.isMissingNode()) {
            throw new IllegalStateException("operations.json says nothing of " + key);
        }
        Role[] roles = route.getAnnotationMetadata().enumValues(Allowed.class, Role.class);
        ObjectNode operation = json.createObjectNode()
                .put("operationId", text.get("id").asText())
                .put("summary", text.get("summary").asText())
                .put("description", whoMay(roles));
        ArrayNode allowed = operation.putArray("x-roles");
        Arrays.stream(roles).forEach(role -> allowed.add(role.name()));
        parameters(route, text, operation);
        requestBody(route, text, operation);
        responses(route, text, operation.putObject("responses"));
        return operation;
    }

    private static String whoMay(Role[] roles) {
        return roles.length == 0
                ? "For tokens, not for credentials."
                : "Roles: " + String.join(", ", Arrays.stream(roles).map(Role::name).toList()) + ".";
    }

    private void parameters(UriRouteInfo<?, ?> route, JsonNode text, ObjectNode operation) {
        ArrayNode parameters = json.createArrayNode();
        route.getUriMatchTemplate().getVariableNames().forEach(name -> {
            ObjectNode parameter = parameters.addObject().put("name", name).put("in", "path").put("required", true);
            parameter.putObject("schema").put("type", "string").put("format", "uuid");
        });
        boolean takesQuery = Arrays.stream(arguments(route)).anyMatch(argument -> argument.getType() == QueryParameters.class);
        if (takesQuery == text.path("query").isMissingNode()) {
            throw new IllegalStateException("operations.json must name the query parameters of those that take some: " + path(route));
        }
        text.path("query").forEach(name -> parameters.add(query(name.asText())));
        Arrays.stream(arguments(route)).forEach(argument -> argument.getAnnotationMetadata()
                .stringValue(Header.class)
                .ifPresent(header -> parameters.addObject()
                        .put("name", header)
                        .put("in", "header")
                        .putObject("schema")
                        .put("type", "string")));
        if (Arrays.stream(arguments(route)).anyMatch(argument -> argument.getType() == IfMatch.class)) {
            ObjectNode tag = parameters.addObject().put("name", "If-Match").put("in", "header");
            tag.put("description", "ETag of what the caller has seen; refused with 412 if it has changed since.")
                    .putObject("schema")
                    .put("type", "string");
        }
        if (HttpMethods.change(route.getHttpMethod())) {
            if (hasPreview(route)) {
                parameters.add(query(QueryParameters.DRY_RUN));
            }
            ObjectNode key = parameters.addObject().put("name", "Idempotency-Key").put("in", "header");
            key.put("description", "Names the change, so that it is done once; at least 128 random bits.")
                    .putObject("schema")
                    .put("type", "string")
                    .put("minLength", 22)
                    .put("maxLength", 257);
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    private ObjectNode query(String name) {
        JsonNode known = texts.path("query").path(name);
        if (known.isMissingNode()) {
            throw new IllegalStateException("operations.json does not explain the query parameter " + name);
        }
        // After a colon is said which of several of one name it is.
        ObjectNode parameter = json.createObjectNode().put("name", name.split(":")[0]).put("in", "query");
        parameter.put("description", known.get("description").asText()).set("schema", known.get("schema"));
        return parameter;
    }

    private void requestBody(UriRouteInfo<?, ?> route, JsonNode text, ObjectNode operation) {
        List<Argument<?>> bodies = Arrays.<Argument<?>>stream(arguments(route))
                .filter(argument -> argument.getAnnotationMetadata().hasAnnotation(Body.class))
                .toList();
        if (bodies.isEmpty()) {
            return;
        }
        String type = route.getConsumes().getFirst().toString();
        ObjectNode body = operation.putObject("requestBody").put("required", true);
        ObjectNode content = body.putObject("content").putObject(type);
        Class<?> lines = lines(route, "asked");
        if (lines != null) {
            content.set("schema", schemas.of(lines));
            Objects.requireNonNull(schemas.components().get(lines.getSimpleName())).put("additionalProperties", false);
        } else if (text.has("form")) {
            content.set("schema", text.get("form"));
        } else if (type.equals(JSON)) {
            Class<?> record = bodies.getFirst().getType();
            content.set("schema", schemas.of(record));
            Objects.requireNonNull(schemas.components().get(record.getSimpleName())).put("additionalProperties", false);
        } else {
            content.putObject("schema");
        }
        if (text.has("example")) {
            content.set("example", text.get("example"));
        }
    }

    private void responses(UriRouteInfo<?, ?> route, JsonNode text, ObjectNode responses) {
        int status = text.has("status")
                ? text.get("status").asInt()
                : route.findStatus(HttpStatus.OK).getCode();
        ObjectNode good = responses.putObject(Integer.toString(status)).put("description", text.path("answer").asText("Done."));
        good.putObject("headers").putObject("X-Request-Id").putObject("schema").put("type", "string");
        if (status != 204) {
            answer(route, good.putObject("content"));
        }
        preview(route, status, responses);
        text.path("also").properties().forEach(more -> {
            ObjectNode response = responses.putObject(more.getKey());
            response.setAll((ObjectNode) more.getValue());
            response.set("headers", good.get("headers"));
        });
        for (String refused : List.of("4XX", "5XX")) {
            responses.putObject(refused).put("$ref", "#/components/responses/Problem");
        }
    }

    private static boolean hasPreview(UriRouteInfo<?, ?> route) {
        return Previewed.How.of(route).filter(Previewed.How.NEVER::equals).isEmpty();
    }

    /// A preview is answered with 200, whatever the call would be answered with.
    private void preview(UriRouteInfo<?, ?> route, int status, ObjectNode responses) {
        Class<?> type = previewed.get(path(route).split("/")[2]);
        if (type == null || !HttpMethods.change(route.getHttpMethod()) || !hasPreview(route)) {
            return;
        }
        ObjectNode preview = schemas.of(Argument.of(Preview.class, type).asParameterizedType());
        if (status != HttpStatus.OK.getCode()) {
            responses.putObject("200")
                    .put("description", "With dryRun=true: what would happen.")
                    .putObject("content")
                    .putObject(JSON)
                    .set("schema", preview);
            return;
        }
        ObjectNode media = (ObjectNode) responses.at("/200/content").get(JSON);
        ObjectNode either = json.createObjectNode();
        either.putArray("anyOf").add(media.get("schema")).add(preview);
        media.set("schema", either);
    }

    private void answer(UriRouteInfo<?, ?> route, ObjectNode content) {
        String type = route.getProduces().getFirst().toString();
        ObjectNode media = content.putObject(type);
        Class<?> lines = lines(route, "answered");
        if (lines != null) {
            media.set("schema", schemas.of(lines));
        } else if (type.equals(JSON)) {
            Argument<?> body = route.getReturnType().asArgument();
            Type answered = HttpResponse.class.isAssignableFrom(body.getType())
                    ? body.getFirstTypeVariable().orElseThrow().asType()
                    : body.asType();
            media.set("schema", schemas.of(answered));
        } else {
            media.putObject("schema");
        }
    }

    /// What is on each line, for bodies of lines.
    private static @Nullable Class<?> lines(UriRouteInfo<?, ?> route, String member) {
        return route.getAnnotationMetadata().classValue(LineByLine.class, member).orElse(null);
    }

    private void problem(ObjectNode components) {
        ObjectNode problem = components.putObject("responses").putObject("Problem");
        problem.put("description", "Refused, with the reason (RFC 9457); code is stable.");
        problem.putObject("headers").putObject("X-Request-Id").putObject("schema").put("type", "string");
        problem.putObject("content").putObject("application/problem+json").set("schema", schemas.of(Problem.class));
    }

    private static Argument<?>[] arguments(UriRouteInfo<?, ?> route) {
        return route.getTargetMethod().getArguments();
    }
}
