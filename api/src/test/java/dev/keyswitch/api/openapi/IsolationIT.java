package dev.keyswitch.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
    private final List<Operation> operations = new ArrayList<>();

    private record Operation(String method, String path, JsonNode facts) {

        boolean isFor(Role role) {
            return Stream.of(facts.get("x-roles")).flatMap(roles -> {
                        List<String> names = new ArrayList<>();
                        roles.forEach(name -> names.add(name.asText()));
                        return names.stream();
                    })
                    .anyMatch(role.name()::equals);
        }

        /// Opened by the value of a token instead.
        boolean isForTokens() {
            return facts.get("x-roles").isEmpty();
        }

        /// Accounts are foreign to nobody who administers them.
        boolean isAcrossAccounts() {
            return path.startsWith("/v1/accounts");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

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
        withoutCredential().get("/openapi").json().get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                operations.add(new Operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
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
        for (Operation operation : operations) {
            if (!operation.path().contains("{") || !operation.isFor(role) || operation.isAcrossAccounts()) {
                continue;
            }
            UUID id = foreign.get(operation.path().split("/")[2]);
            assertThat(id).as("no foreign id for " + operation).isNotNull();

            Answer theirs = send(callers.get(role), operation, id, UNKNOWN);
            Answer nobodys = send(callers.get(role), operation, UNKNOWN, UNKNOWN);

            assertThat(seen(theirs)).as(role + " " + operation).isEqualTo(seen(nobodys));
            assertThat(theirs.status()).as(role + " " + operation + " " + theirs.text()).isEqualTo(404);
        }
    }

    @Test
    void answersForeignIdsInBodiesAndQueriesAsUnknownOnes() {
        UUID ours = Samples.token(owner(), "ours").id();
        for (Operation operation : operations) {
            String example = operation.facts().at("/requestBody/content/application~1json/example").toString();
            if (!operation.isFor(Role.OWNER) || !example.contains(UNKNOWN.toString())) {
                continue;
            }
            assertThat(seen(send(owner(), operation, ours, foreign.get("models")))).as(operation.toString())
                    .isEqualTo(seen(send(owner(), operation, ours, UNKNOWN)));
        }
        for (Operation operation : operations) {
            for (JsonNode parameter : operation.facts().path("parameters")) {
                String name = parameter.get("name").asText();
                String kind = name.equals("subject") ? "tokens" : name.replace("Id", "s");
                if (operation.method().equals("GET") && operation.isFor(Role.OWNER) && !operation.path().equals("/v1/events")
                        && parameter.get("in").asText().equals("query") && foreign.containsKey(kind)) {
                    assertThat(seen(owner().get(operation.path() + "?" + name + "=" + foreign.get(kind)))).as(operation + " " + name)
                            .isEqualTo(seen(owner().get(operation.path() + "?" + name + "=" + UNKNOWN)));
                }
            }
        }
    }

    private static String seen(Answer answer) {
        return answer.status() + " " + answer.text().replaceAll("\"requestId\":\"[^\"]*\"", "").replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
    }

    private static Answer send(TestClient caller, Operation operation, UUID inPath, UUID inBody) {
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
