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
}
