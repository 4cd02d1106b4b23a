package dev.keyswitch.api.holder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import java.net.http.HttpRequest;
import java.util.List;
import dev.keyswitch.api.TestClient.Answer;

class HolderIT extends ApiIT {

    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @Test
    void beginsWithADefaultHolderWithoutARootKey() {
        JsonNode holders = owner().get("/v1/holders").json();

        assertThat(holders.at("/items/0/isDefault").asBoolean()).isTrue();
        assertThat(holders.at("/items/0/rootFingerprint").isNull()).isTrue();
    }

    @Test
    void takesAFingerprintOnce() {
        Holder holder = Samples.holder(owner(), "once");

        Holder set = owner().patch("/v1/holders/" + holder.id(), new ChangeHolder(null, FINGERPRINT)).as(200, Holder.class);

        assertThat(set.rootFingerprint()).isEqualTo(FINGERPRINT);
        assertThat(set.name()).isEqualTo("once");
        assertThat(owner().patch("/v1/holders/" + holder.id(), new ChangeHolder("renamed", FINGERPRINT)).as(200, Holder.class).name())
                .isEqualTo("renamed");
        owner().patch("/v1/holders/" + holder.id(), new ChangeHolder(null, "f".repeat(64))).problem(409, "conflict");
        assertThat(owner().get("/v1/holders/" + holder.id()).as(200, Holder.class).rootFingerprint()).isEqualTo(FINGERPRINT);
        assertThat(this.<Long>value("select count(*) from audit where action = 'holder.changed' and after->>'holderId' = ?", holder.id().toString()))
                .isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoHolder() {
        Samples.holder(owner(), "taken");
        Holder other = Samples.holder(owner(), "other");

        owner().post("/v1/holders", new CreateHolder("taken", null)).problem(409, "conflict");
        owner().patch("/v1/holders/" + other.id(), new ChangeHolder("taken", null)).problem(409, "conflict");
        owner().post("/v1/holders", new CreateHolder(" ", null)).problem(422, "invalid-fields");
        owner().post("/v1/holders", new CreateHolder("x", "abc")).problem(422, "invalid-fields");
        owner().post("/v1/holders", new CreateHolder("x", FINGERPRINT.toUpperCase(java.util.Locale.ROOT))).problem(422, "invalid-fields");
        owner().patch("/v1/holders/" + other.id(), "{\"isDefault\":true}").problem(422, "invalid-fields");
        owner().patch("/v1/holders/" + UUID.randomUUID(), new ChangeHolder("x", null)).problem(404, "not-found");
        owner().get("/v1/holders/" + UUID.randomUUID()).problem(404, "not-found");
    }

    @Test
    void losesNoUpdateOfAHolderOrAnAccount() {
        UUID id = Samples.holder(owner(), "tagged").id();
        for (String path : List.of("/v1/holders/" + id, "/v1/account")) {
            String tag = owner().get(path).header("ETag");
            Answer first = owner().send(matching(path, tag, "{\"name\":\"first\"}"));
            assertThat(first.status()).as(path + first.text()).isEqualTo(200);
            assertThat(first.header("ETag")).isNotEqualTo(tag).isEqualTo(owner().get(path).header("ETag"));

            owner().send(matching(path, tag, "{\"name\":\"second\"}")).problem(412, "precondition-failed");
            Answer same = owner().send(matching(path, first.header("ETag"), "{\"name\":\"first\"}"));

            assertThat(same.header("ETag")).as("nothing changed").isEqualTo(first.header("ETag"));
            assertThat(owner().get(path).json().get("name").asText()).isEqualTo("first");
        }
    }

    private HttpRequest.Builder matching(String path, String tag, String body) {
        return owner().request(path)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", tag)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
    }
}
