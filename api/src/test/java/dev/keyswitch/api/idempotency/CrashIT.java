package dev.keyswitch.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.ApiProcess;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.token.Token;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A second node, a process of its own, that dies in the middle of a call; the caller asks the other one again.
class CrashIT extends ApiIT {

    private static final String BODY = "{\"name\":\"%s\"}";

    @Test
    void answersWhatWasCommittedBeforeTheProcessDied() throws Exception {
        String key = Keys.next();
        dyingIn(SuddenDeath.BEFORE_ANSWER, key, "survivor");
        assertThat(tokensNamed("survivor")).as("committed before the death").isEqualTo(1);

        TestClient.Answer again = owner().once(key, "POST", "/v1/tokens", BODY.formatted("survivor"));

        Token token = again.as(201, Token.class);
        assertThat(tokensNamed("survivor")).isEqualTo(1);
        assertThat(token.id()).isEqualTo(value("select id from token where name = 'survivor'"));
        assertThat(owner().get("/v1/tokens/" + token.id()).as(200, Token.class).valueHint()).isEqualTo(token.valueHint());
        assertThat(String.valueOf(token.value())).startsWith("kst_").endsWith(token.valueHint());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void doesItAnewWhenNothingWasCommittedBeforeTheProcessDied() throws Exception {
        String key = Keys.next();
        dyingIn(SuddenDeath.BEFORE_COMMIT, key, "phoenix");
        assertThat(tokensNamed("phoenix")).isZero();

        TestClient.Answer again = owner().once(key, "POST", "/v1/tokens", BODY.formatted("phoenix"));

        again.as(201, Token.class);
        assertThat(tokensNamed("phoenix")).isEqualTo(1);
        assertThat(again.header("Idempotency-Replayed")).isEmpty();
    }

    private void dyingIn(String moment, String key, String name) throws Exception {
        try (ApiProcess node = ApiProcess.start(folder().resolve(moment), configuration(), Map.of())) {
            TestClient client = TestClient.of(node.uri(), ownerCredential());
            assertThatThrownBy(() -> client.send(client.request("/v1/tokens")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .header(SuddenDeath.HEADER, moment)
                            .POST(BodyPublishers.ofString(BODY.formatted(name)))))
                    .hasMessage("no answer");
            assertThat(node.exitValue()).isEqualTo(137);
        }
    }

    private long tokensNamed(String name) {
        return this.<Long>value("select count(*) from token where name = ?", name);
    }
}
