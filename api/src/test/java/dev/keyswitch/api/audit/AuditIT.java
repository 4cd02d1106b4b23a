package dev.keyswitch.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.Token;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditIT extends ApiIT {

    @Test
    void tellsWhoChangedWhatFromTheNewestOn() {
        UUID model = Samples.model(owner(), "audited").id();
        Token token = Samples.token(owner(), "audited");
        Samples.assign(owner(), token.id(), model);

        List<JsonNode> changes = list(owner(), "?tokenId=" + token.id());

        assertThat(changes).extracting(change -> change.get("action").asText()).containsExactly("token.assigned", "token.created");
        JsonNode assigned = changes.getFirst();
        assertThat(assigned.get("by").asText()).isEqualTo("bootstrap");
        assertThat(assigned.get("before").get("generation").asInt()).isZero();
        assertThat(assigned.get("after").get("modelId").asText()).isEqualTo(model.toString());
        assertThat(assigned.get("modelId").asText()).isEqualTo(model.toString());
        assertThat(assigned.get("requestId").asText()).hasSize(36);
        assertThat(Instant.parse(assigned.get("at").asText())).isAfter(Instant.parse(changes.getLast().get("at").asText()));
    }

    @Test
    void outlivesWhatItTellsOf() {
        Token token = Samples.token(owner(), "short-lived");
        owner().delete("/v1/tokens/" + token.id());

        assertThat(actions(owner(), "?tokenId=" + token.id())).containsExactly("token.deleted", "token.created");
    }

    @Test
    void filtersByModelActorActionAndTime() {
        UUID model = Samples.model(owner(), "filtered").id();
        String operator = Samples.credential(owner(), Role.OPERATOR, null);
        Samples.assign(with(operator), Samples.token(owner(), "filtered").id(), model);
        JsonNode assigned = list(owner(), "?modelId=" + model + "&action=token.assigned").getFirst();
        String at = assigned.get("at").asText();
        String next = Instant.parse(at).plusNanos(1000).toString();

        assertThat(actions(owner(), "?modelId=" + model)).containsExactly("token.assigned", "model.created");
        assertThat(actions(owner(), "?modelId=" + model + "&actor=" + assigned.get("credentialId").asText())).containsExactly("token.assigned");
        assertThat(actions(owner(), "?modelId=" + model + "&actor=" + encoded("test OPERATOR"))).containsExactly("token.assigned");
        assertThat(actions(owner(), "?modelId=" + model + "&actor=nobody")).isEmpty();
        assertThat(actions(owner(), "?modelId=" + model + "&from=" + at)).containsExactly("token.assigned");
        assertThat(actions(owner(), "?modelId=" + model + "&to=" + at)).containsExactly("model.created");
        assertThat(actions(owner(), "?modelId=" + model + "&from=" + at + "&to=" + next)).containsExactly("token.assigned");
    }

    @Test
    void cutsPagesThatMissNothingAlsoWhereChangesHaveOneTime() {
        for (int i = 0; i < 12; i++) {
            Samples.token(owner(), "page " + i);
        }
        // As changes of one transaction have.
        execute("update audit set at = '2026-01-02T03:04:05.000006Z' where id in (select id from audit where action = 'token.created' order by id limit 7)");
        List<JsonNode> whole = list(owner(), "?limit=200");

        List<JsonNode> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = owner().get("/v1/audit?limit=3" + cursor).json();
            page.get("items").forEach(paged::add);
            cursor = page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(paged).hasSizeGreaterThanOrEqualTo(12).isEqualTo(whole);
    }

    @Test
    void showsAnotherAccountNothing() {
        Token token = Samples.token(owner(), "ours");
        CreatedAccount other = admin().post("/v1/accounts", new CreateAccount("audit-other", null)).as(201, CreatedAccount.class);
        TestClient foreign = with(String.valueOf(other.ownerCredential().value()));

        assertThat(actions(foreign, "")).containsExactly("account.created");
        assertThat(foreign.get("/v1/audit?tokenId=" + token.id()).text())
                .isEqualTo(foreign.get("/v1/audit?tokenId=" + UUID.randomUUID()).text());
        String ownerId = owner().get("/v1/whoami").json().get("credentialId").asText();
        assertThat(actions(foreign, "?actor=" + ownerId)).isEmpty();
        assertThat(actions(foreign, "?actor=bootstrap")).containsExactly("account.created");
    }

    @Test
    void neverHoldsAValueThatIsShownOnce() {
        Token token = Samples.token(owner(), "secretive");
        String credential = Samples.credential(owner(), Role.VIEWER, null);

        assertThat(owner().get("/v1/audit?limit=200").text())
                .doesNotContain(String.valueOf(token.value()).substring(4))
                .doesNotContain(credential.substring(4));
    }

    @Test
    void isForThoseWhoMayReadTheAccount() {
        assertThat(with(Samples.credential(owner(), Role.VIEWER, null)).get("/v1/audit").status()).isEqualTo(200);
        with(Samples.credential(owner(), Role.GATEWAY, null)).get("/v1/audit").problem(403, "forbidden");
        admin().get("/v1/audit").problem(403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=yesterday",
                "from=2026-01-01",
                "to=2026-13-01T00:00:00Z",
                "tokenId=x",
                "cursor=x",
                "cursor=OTk5OTk5OTk5OTk5OTk5OTk5IDA5OTk5OTk5OTk5",
                "action=a&action=b",
                "sort=name"
            })
    void refusesWhatItCannotRead(String query) {
        owner().get("/v1/audit?" + query).problem(422, "invalid-fields");
    }

    private static List<String> actions(TestClient client, String query) {
        return list(client, query).stream().map(change -> change.get("action").asText()).toList();
    }

    private static List<JsonNode> list(TestClient client, String query) {
        TestClient.Answer answer = client.get("/v1/audit" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        answer.json().get("items").forEach(items::add);
        return items;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
