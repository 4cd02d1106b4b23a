package dev.keyswitch.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.Token;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every operation that the description knows, by every role: those it does not name are refused, and the ids of another account
/// are answered exactly as ids that do not exist. Holds for operations nobody has written yet.
class IsolationIT extends ApiIT {

    private static final UUID UNKNOWN = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");

    private final Map<Role, TestClient> callers = new EnumMap<>(Role.class);
    /// By what the path names: tokens, models and so on.
    private final Map<String, UUID> foreign = new LinkedHashMap<>();
    private final Map<String, UUID> own = new LinkedHashMap<>();
    private final List<DescribedOperation> operations = new ArrayList<>();
    private JsonNode document = MissingNode.getInstance();
    private String foreignValue = "";
    private String ownValue = "";

    @BeforeAll
    void prepare() {
        UUID holder = Samples.holder(owner(), "isolation").id();
        for (Role role : Role.values()) {
            callers.put(role, role == Role.ADMIN ? admin() : with(Samples.credential(owner(), role, role == Role.AGENT ? holder : null)));
        }
        CreatedAccount other = admin().post("/v1/accounts", new CreateAccount("isolation-other", null)).as(201, CreatedAccount.class);
        TestClient stranger = with(String.valueOf(other.ownerCredential().value()));
        Token token = Samples.token(stranger, "theirs");
        UUID model = Samples.model(stranger, "theirs").id();
        Token assigned = Samples.assign(stranger, token.id(), model);
        foreign.put("tokens", token.id());
        foreign.put("models", model);
        foreign.put("evaluation-keys", java.util.Objects.requireNonNull(assigned.evaluationKey()).id());
        foreign.put("holders", other.account().defaultHolderId());
        foreign.put("credentials", other.ownerCredential().id());
        foreign.put("accounts", other.account().id());
        UUID upload = UUID.randomUUID();
        execute("insert into upload select ?, account_id, id, 1, 10, now() from evaluation_key where id = ?", upload, foreign.get("evaluation-keys"));
        foreign.put("uploads", upload);
        foreignValue = String.valueOf(token.value());
        Token ours = Samples.token(owner(), "ours");
        ownValue = String.valueOf(ours.value());
        own.put("tokens", ours.id());
        own.put("models", Samples.model(owner(), "ours").id());
        Samples.assign(owner(), ours.id(), own.get("models"));
        document = withoutCredential().get("/openapi").json();
        operations.addAll(DescribedOperation.allOf(document));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void refusesEveryOperationToRolesItDoesNotName(Role role) {
        assertThat(operations).hasSizeGreaterThan(30).filteredOn(operation -> !operation.isFor(role)).isNotEmpty().allSatisfy(operation -> {
            Answer answer = send(callers.get(role), operation, UNKNOWN, UNKNOWN);
            assertThat(answer.status()).as(operation + ": " + answer.text()).isEqualTo(operation.isForTokens() ? 401 : 403);
        });
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void answersForeignIdsExactlyAsUnknownOnes(Role role) {
        for (DescribedOperation operation : operations) {
            if (!operation.path().contains("{") || !operation.isFor(role) || operation.isAcrossAccounts()) {
                continue;
            }
            UUID id = foreign.get(operation.kind());
            assertThat(id).as("no foreign id for " + operation).isNotNull();

            Answer theirs = send(callers.get(role), operation, id, UNKNOWN);
            Answer nobodys = send(callers.get(role), operation, UNKNOWN, UNKNOWN);

            assertThat(seen(theirs)).as(role + " " + operation).isEqualTo(seen(nobodys));
            assertThat(theirs.status()).as(role + " " + operation + " " + theirs.text()).isEqualTo(404);
        }
    }

    /// The path names something of the caller's own, every other id is foreign: in each field of the body and each parameter that may
    /// hold one, alone.
    @ParameterizedTest
    @EnumSource(Role.class)
    void answersForeignIdsInBodiesAndQueriesAsUnknownOnes(Role role) {
        for (DescribedOperation operation : operations) {
            if (!operation.isFor(role) || operation.isAcrossAccounts() || operation.path().equals("/v1/events")) {
                continue;
            }
            for (IdPlace place : places(operation)) {
                UUID theirs = foreign.get(place.kind());
                assertThat(theirs).as("no foreign id for " + operation + " " + place).isNotNull();

                Answer foreigner = send(callers.get(role), operation, place, theirs);
                Answer nobody = send(callers.get(role), operation, place, UNKNOWN);

                assertThat(seen(foreigner)).as(role + " " + operation + " " + place).isEqualTo(seen(nobody));
            }
        }
    }

    /// Ids that the description knows of are not left out by the way they are written down.
    @Test
    void knowsEveryPlaceThatMayHoldAnId() {
        assertThat(operations.stream().flatMap(operation -> places(operation).stream().map(place -> operation + " " + place)))
                .contains(
                        "POST /v1/tokens modelId", "POST /v1/tokens holderId", "PATCH /v1/tokens/{id} modelId", "PATCH /v1/tokens/{id} holderId",
                        "PUT /v1/tokens/{id}/assignment modelId", "DELETE /v1/tokens/{id}/assignment ?modelId", "POST /v1/credentials holderId",
                        "POST /v1/credentials modelIds", "GET /v1/tokens ?modelId", "GET /v1/audit ?tokenId", "GET /v1/evaluation-keys ?holderId",
                        "POST /v1/introspect model_id", "POST /v1/introspect evaluation_key_id");
    }

    @Test
    void answersTheValueOfAForeignTokenAsOneThatNobodyHas() {
        String nobodys = "kst_" + "0".repeat(43) + "000000";
        for (Role role : List.of(Role.OWNER, Role.OPERATOR, Role.GATEWAY)) {
            assertThat(seen(introspect(role, foreignValue))).as(role.toString()).isEqualTo(seen(introspect(role, nobodys))).startsWith("200 ");
        }
    }

    private Answer introspect(Role role, String value) {
        return callers.get(role)
                .send(callers.get(role).request("/v1/introspect")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + value + "&model_id=" + foreign.get("models"))));
    }

    /// Where an id may stand in a request, but for the path.
    private record IdPlace(String name, boolean inQuery, boolean inList) {

        String kind() {
            return name.equals("subject") ? "tokens" : KnownValues.kindOf(name);
        }

        @Override
        public String toString() {
            return (inQuery ? "?" : "") + name;
        }
    }

    private List<IdPlace> places(DescribedOperation operation) {
        List<IdPlace> places = new ArrayList<>();
        for (JsonNode parameter : operation.facts().path("parameters")) {
            if (parameter.get("in").asText().equals("query") && isId(parameter.get("schema"))) {
                places.add(new IdPlace(parameter.get("name").asText(), true, false));
            }
        }
        JsonNode schema = operation.body().path("schema");
        JsonNode body = schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
        body.path("properties").properties().forEach(property -> {
            if (isId(property.getValue()) || isId(property.getValue().path("items"))) {
                places.add(new IdPlace(property.getKey(), false, property.getValue().has("items")));
            }
        });
        return places;
    }

    private static boolean isId(JsonNode schema) {
        return schema.path("format").asText().equals("uuid");
    }

    private Answer send(TestClient caller, DescribedOperation operation, IdPlace place, UUID id) {
        String path = operation.path().replaceAll("\\{[^}]*}", String.valueOf(own.get(operation.kind())));
        HttpRequest.Builder request = caller.request(path + (place.inQuery() ? "?" + place.name() + "=" + id : ""));
        String type = operation.bodyType();
        if (type == null) {
            return caller.send(request.method(operation.method(), BodyPublishers.noBody()));
        }
        JsonNode example = operation.body().path("example").deepCopy();
        if (type.contains("form")) {
            String others = place.name().equals("model_id") ? "" : "&model_id=" + own.get("models");
            return caller.send(request.header("Content-Type", type)
                    .method(operation.method(), BodyPublishers.ofString("token=" + ownValue + others + "&" + place.name() + "=" + id)));
        }
        ObjectNode body = example instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        if (place.inList()) {
            body.putArray(place.name()).add(id.toString());
        } else {
            body.put(place.name(), id.toString());
        }
        if (operation.path().equals("/v1/credentials")) {
            body.put("role", place.name().equals("holderId") ? "AGENT" : "GATEWAY");
        }
        return caller.send(request.header("Content-Type", type).method(operation.method(), BodyPublishers.ofString(body.toString())));
    }

    private static String seen(Answer answer) {
        return answer.status() + " " + answer.text().replaceAll("\"requestId\":\"[^\"]*\"", "").replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
    }

    private static Answer send(TestClient caller, DescribedOperation operation, UUID inPath, UUID inBody) {
        HttpRequest.Builder request = caller.request(operation.path().replaceAll("\\{[^}]*}", inPath.toString()));
        JsonNode content = operation.facts().path("requestBody").path("content");
        if (content.isMissingNode()) {
            return caller.send(request.method(operation.method(), BodyPublishers.noBody()));
        }
        String type = content.fieldNames().next();
        String example = content.get(type).path("example").toString().replace(UNKNOWN.toString(), inBody.toString());
        String body = type.contains("form") ? "token=x&model_id=" + inBody : example;
        return caller.send(request.header("Content-Type", type)
                .header("Upload-Offset", "0")
                .method(operation.method(), BodyPublishers.ofString(body)));
    }
}
