package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RotateRootKey;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A holder replaces its root key, and no evaluation key of the former one stays in force.
class RootKeyRotationIT extends AssignedKeyIT {

    private static final EncryptionProfile PROFILE = EncryptionProfile.bfv(4096, 20, 36, 36, 37);
    private static final String NEXT = "e".repeat(64);

    @Override
    protected Map<String, String> settings() {
        return Map.of("keyswitch.token-job.every", "50ms");
    }

    @Test
    void replacesWhatComesFromTheFormerRootKeyAndNothingElse() {
        UUID holder = newHolder(FINGERPRINT);
        Model model = model(PROFILE);
        Model target = model(PROFILE);
        Token ready = assigned(holder, model);
        make(holder, ready.evaluationKey(), FINGERPRINT);
        Token generating = assigned(holder, model);
        claim(holder, generating.evaluationKey(), FINGERPRINT).as(200, EvaluationKeyClaim.class);
        Token requested = assigned(holder, model);
        Token moving = assigned(holder, model);
        make(holder, moving.evaluationKey(), FINGERPRINT);
        EvaluationKey pending = Objects.requireNonNull(assign(moving, target, AssignmentMode.WHEN_READY).pendingReassignment())
                .evaluationKey();
        claim(holder, pending, FINGERPRINT).as(200, EvaluationKeyClaim.class);
        Token foreign = assigned(defaultHolder(), model);
        make(defaultHolder(), foreign.evaluationKey(), FINGERPRINT);

        Holder rotated = rotate(owner(), holder, NEXT);

        assertThat(rotated.rootFingerprint()).isEqualTo(NEXT);
        assertThat(Objects.requireNonNull(rotated.rotation()).total()).isEqualTo(4);
        awaitEnd(holder);
        for (Token token : List.of(ready, generating)) {
            assertThat(read(Objects.requireNonNull(token.evaluationKey()).id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
            assertRenewed(token, 2);
        }
        assertRenewed(moving, 3);
        assertThat(Objects.requireNonNull(read(moving).pendingReassignment()).generation()).isEqualTo(4);
        assertThat(read(pending.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        assertThat(asked(moving)).isEqualTo(2);
        assertThat(read(requested).evaluationKey()).isEqualTo(requested.evaluationKey());
        assertThat(introspect(foreign, model).active()).isTrue();

        claim(holder, read(ready).evaluationKey(), FINGERPRINT).problem(409, "holder-mismatch");
        make(holder, read(ready).evaluationKey(), NEXT);
        assertThat(introspect(ready, model).active()).isTrue();
        assertThat(this.<String>value(
                        "select before->>'rootFingerprint' || ' ' || (after->>'rootFingerprint') from audit "
                                + "where action = 'holder.root-key-rotated' and after->>'holderId' = ?",
                        holder.toString()))
                .isEqualTo(FINGERPRINT + " " + NEXT);

        rotate(owner(), holder, NEXT);
        assertThat(introspect(ready, model).active()).as("after the same rotation again").isTrue();
    }

    /// Nobody makes it just then, but the attempt may come back as long as no other one has claimed.
    @Test
    void replacesWhatAnAttemptThatLostItsLeaseMayStillMake() {
        UUID holder = newHolder(FINGERPRINT);
        Token token = assigned(holder, model(PROFILE));
        EvaluationKey key = Objects.requireNonNull(token.evaluationKey());
        int attempt = claim(holder, key, FINGERPRINT).as(200, EvaluationKeyClaim.class).attempt();
        execute("update evaluation_key set lease_until = now() where id = ?", key.id());
        Eventually.holds(() -> read(key.id()).state() == EvaluationKeyState.REQUESTED);

        rotate(owner(), holder, NEXT);

        awaitEnd(holder);
        assertRenewed(token, 2);
        agentOf(holder).post("/v1/evaluation-keys/" + key.id() + "/uploads", new BeginUpload(attempt, (long) newKey(BFV).length))
                .problem(409, "generation-outdated");
    }

    /// A token cannot query between its two keys: so there are never many such tokens, and none more while no worker is at work.
    @Test
    void replacesNoMoreKeysThanWorkersMakeSoon() {
        UUID holder = newHolder(FINGERPRINT);
        Model model = model(PROFILE);
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            tokens.add(assigned(holder, model));
        }
        makeAll(holder, FINGERPRINT);

        rotate(agentOf(holder), holder, NEXT);

        Eventually.holds(() -> waiting(holder) >= 50);
        Holder halfway = holder(holder);
        assertThat(waiting(holder)).isLessThan(70);
        assertThat(Objects.requireNonNull(halfway.rotation()).done()).isEqualTo(waiting(holder)).isLessThan(90);
        assertThat(read(tokens.getLast()).activeGeneration()).as("in force, for its turn has not come").isEqualTo(1);

        makeAll(holder, NEXT);

        awaitEnd(holder);
        assertThat(this.<Long>value(
                        "select count(*) from token t join evaluation_key k on k.token_id = t.id and k.generation = t.generation "
                                + "where t.holder_id = ? and t.generation = 2 and (k.root_fingerprint is null or k.root_fingerprint = ?)",
                        holder,
                        NEXT))
                .isEqualTo(90);
    }

    @Test
    void refusesWhatIsNoRotation() {
        UUID holder = newHolder(FINGERPRINT);
        Holder without = Samples.holder(owner(), "without a root key");

        owner().post(path(without.id()), new RotateRootKey(NEXT)).problem(409, "holder-without-root-key");
        owner().post(path(holder), new RotateRootKey("abc")).problem(422, "invalid-fields");
        owner().post(path(holder), "{}").problem(422, "invalid-fields");
        owner().post(path(UUID.randomUUID()), new RotateRootKey(NEXT)).problem(404, "not-found");
        agentOf(defaultHolder()).post(path(holder), new RotateRootKey(NEXT)).problem(404, "not-found");
        assertThat(holder(holder).rootFingerprint()).isEqualTo(FINGERPRINT);
    }

    private void assertRenewed(Token token, long generation) {
        EvaluationKey key = Objects.requireNonNull(read(token).evaluationKey());
        assertThat(key.state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(key.generation()).isEqualTo(generation);
        assertThat(read(token).activeGeneration()).isNull();
        assertThat(asked(token)).isPositive();
    }

    private long asked(Token token) {
        return value("select count(*) from outbox where record_key = ? and data like '%ROOT_KEY_ROTATED%'", token.id().toString());
    }

    private Token assigned(UUID holder, Model model) {
        return owner().post("/v1/tokens", new CreateToken("token", null, null, null, model.id(), null, holder)).as(201, Token.class);
    }

    private TestClient.Answer claim(UUID holder, EvaluationKey key, String fingerprint) {
        return agentOf(holder)
                .post("/v1/evaluation-keys/" + key.id() + "/claim", new ClaimEvaluationKey(key.generation(), fingerprint, "worker-1"));
    }

    private void make(UUID holder, EvaluationKey key, String fingerprint) {
        EvaluationKeyClaim claim = claim(holder, key, fingerprint).as(200, EvaluationKeyClaim.class);
        byte[] bytes = newKey(BFV);
        Wanted wanted = new Wanted(key.tokenId(), key.modelId(), key.id(), key.generation(), "");
        Upload upload = begun(agentOf(holder), wanted, claim.attempt(), bytes.length);
        append(agentOf(holder), upload, 0, bytes);
        complete(agentOf(holder), upload, announced(BFV, bytes)).as(200, EvaluationKey.class);
    }

    /// As if workers had made all keys that are waiting.
    private void makeAll(UUID holder, String fingerprint) {
        execute("""
                with made as (
                    update evaluation_key set state = 'READY', root_fingerprint = ?, ready_at = now()
                    where holder_id = ? and state = 'REQUESTED' returning token_id, generation)
                update token set active_generation = made.generation from made where token.id = made.token_id
                """, fingerprint, holder);
    }

    private long waiting(UUID holder) {
        return value("select count(*) from evaluation_key where holder_id = ? and state = 'REQUESTED'", holder);
    }

    private Holder rotate(TestClient client, UUID holder, String fingerprint) {
        return client.post(path(holder), new RotateRootKey(fingerprint)).as(200, Holder.class);
    }

    private void awaitEnd(UUID holder) {
        Eventually.holds(() -> holder(holder).rotation() == null);
    }

    private Holder holder(UUID holder) {
        return owner().get("/v1/holders/" + holder).as(200, Holder.class);
    }

    private static String path(UUID holder) {
        return "/v1/holders/" + holder + "/rotate-root-key";
    }
}
