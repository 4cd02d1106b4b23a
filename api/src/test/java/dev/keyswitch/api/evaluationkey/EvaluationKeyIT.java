package dev.keyswitch.api.evaluationkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.api.security.ShownOnceValues;
import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.CompleteUpload;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.value.ShownOnceValue;
import dev.keyswitch.keygen.EvaluationKeyGenerator;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.ProgressListener;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.profile.EvaluationKeyParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;

/// Evaluation keys that were asked for, and real ones to answer with. Tokens, models and requests are put into the database
/// as assignments leave them there.
abstract class EvaluationKeyIT extends ApiIT {

    static final String FINGERPRINT = "f".repeat(64);
    static final String MAC = "a".repeat(64);
    static final KeyProfile BFV = EncryptionProfiles.resolve(EncryptionProfile.bfv(4096, 20, 36, 36, 37));
    static final KeyProfile ROTATING = EncryptionProfiles.resolve(
            EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.steps(1)));

    private static final SecureRandom RANDOM = new SecureRandom();

    /// An evaluation key that is wanted.
    record Wanted(UUID token, UUID model, UUID id, long generation, String tokenValue) {}

    @BeforeAll
    void setUpHolder() {
        execute("update holder set root_fingerprint = ?", FINGERPRINT);
    }

    final UUID account() {
        return value("select id from account");
    }

    final UUID defaultHolder() {
        return value("select default_holder_id from account");
    }

    final UUID newHolder(String fingerprint) {
        UUID id = UUID.randomUUID();
        execute("insert into holder values (?, ?, ?, ?, now())", id, account(), "holder " + id, fingerprint);
        return id;
    }

    final TestClient agent() {
        return agentOf(defaultHolder());
    }

    final TestClient agentOf(UUID holder) {
        return newCredential("AGENT", account(), holder);
    }

    final TestClient newCredential(String role, UUID account, UUID holder) {
        ShownOnceValue value = newValue(ShownOnceValue.CREDENTIAL_PREFIX);
        execute(
                """
                insert into credential (id, account_id, name, role, holder_id, value_hash, value_hint, created_at)
                values (?, ?, ?, ?, ?, ?, ?, now())
                """,
                UUID.randomUUID(),
                account,
                "a " + role,
                role,
                holder,
                ShownOnceValues.hash(value.reveal()),
                value.hint());
        return with(value.reveal());
    }

    static ShownOnceValue newValue(String prefix) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return ShownOnceValue.of(prefix, secret);
    }

    final Wanted wanted() {
        return wanted(BFV, defaultHolder());
    }

    final Wanted wanted(KeyProfile profile, UUID holder) {
        UUID account = account();
        UUID model = UUID.randomUUID();
        String json = json(EncryptionProfiles.describe(profile));
        execute(
                """
                insert into model (id, account_id, name, status, encryption_profile, profile_digest, created_at, updated_at)
                values (?, ?, ?, 'ACTIVE', cast(? as jsonb), ?, now(), now())
                """,
                model,
                account,
                "model " + model,
                json,
                profile.digest());
        UUID token = UUID.randomUUID();
        ShownOnceValue value = newValue(ShownOnceValue.TOKEN_PREFIX);
        execute(
                """
                insert into token (id, account_id, name, status, custody, holder_id, model_id, generation, active_generation,
                    value_hash, value_hint, created_at, expires_at)
                values (?, ?, ?, 'ACTIVE', 'AGENT', ?, ?, 1, 1, ?, ?, now(), now() + interval '30 days')
                """,
                token,
                account,
                "token " + token,
                holder,
                model,
                ShownOnceValues.hash(value.reveal()),
                value.hint());
        return request(new Wanted(token, model, UUID.randomUUID(), 1, value.reveal()), profile);
    }

    /// The same token wants another key: the present one is superseded.
    final Wanted wantedAgain(Wanted before) {
        execute(
                "update token set generation = generation + 1, active_generation = generation + 1 where id = ?",
                before.token());
        execute(
                "update evaluation_key set state = 'SUPERSEDED', ended_at = now(), lease_until = null where id = ?",
                before.id());
        return request(
                new Wanted(before.token(), before.model(), UUID.randomUUID(), before.generation() + 1, before.tokenValue()),
                BFV);
    }

    private Wanted request(Wanted wanted, KeyProfile profile) {
        execute(
                """
                insert into evaluation_key (id, account_id, token_id, model_id, holder_id, generation, state, encryption_profile,
                    profile_digest, custody, requested_at, announced_at)
                select ?, account_id, id, model_id, holder_id, ?, 'REQUESTED', cast(? as jsonb), ?, 'AGENT', now(), now()
                from token where id = ?
                """,
                wanted.id(),
                wanted.generation(),
                json(EncryptionProfiles.describe(profile)),
                profile.digest(),
                wanted.token());
        return wanted;
    }

    static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] newKey(KeyProfile profile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SecretKey secret = SecretKey.random(RANDOM, profile.parameters())) {
            new EvaluationKeyGenerator().generate(secret, profile, bytes, ProgressListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer claim(TestClient client, Wanted key) {
        return client.post(path(key) + "/claim", new ClaimEvaluationKey(key.generation(), FINGERPRINT, "worker-1"));
    }

    static EvaluationKeyClaim claimed(TestClient client, Wanted key) {
        return claim(client, key).as(200, EvaluationKeyClaim.class);
    }

    static Answer begin(TestClient client, Wanted key, int attempt, long size) {
        return client.post(path(key) + "/uploads", new BeginUpload(attempt, size));
    }

    static Upload begun(TestClient client, Wanted key, int attempt, long size) {
        return begin(client, key, attempt, size).as(201, Upload.class);
    }

    static Answer append(TestClient client, Upload upload, long offset, byte[] chunk) {
        return client.send(client.request("/v1/uploads/" + upload.id())
                .header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", Long.toString(offset))
                .method("PATCH", BodyPublishers.ofByteArray(chunk)));
    }

    static Answer head(TestClient client, Upload upload) {
        return client.send(client.request("/v1/uploads/" + upload.id()).HEAD());
    }

    static CompleteUpload announced(KeyProfile profile, byte[] bytes) {
        return new CompleteUpload(sha256(bytes), (long) bytes.length, parts(profile), MAC, 12L);
    }

    static List<EvaluationKeyPart> parts(KeyProfile profile) {
        return EvaluationKeyParts.of(profile.layout());
    }

    static Answer complete(TestClient client, Upload upload, CompleteUpload announced) {
        return client.post("/v1/uploads/" + upload.id() + "/complete", announced);
    }

    /// Claims, uploads and completes with a real key.
    final EvaluationKey ready(TestClient client, Wanted key, byte[] bytes) {
        int attempt = claimed(client, key).attempt();
        Upload upload = begun(client, key, attempt, bytes.length);
        append(client, upload, 0, bytes);
        return complete(client, upload, announced(BFV, bytes)).as(200, EvaluationKey.class);
    }

    final EvaluationKey get(Wanted key) {
        return owner().get(path(key)).as(200, EvaluationKey.class);
    }

    static String path(Wanted key) {
        return "/v1/evaluation-keys/" + key.id();
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    final List<Path> storedFiles() {
        return files("keys");
    }

    final List<Path> stagedFiles() {
        return files("staging");
    }

    private List<Path> files(String part) {
        try (Stream<Path> files = Files.walk(configuration().store().resolve(part))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final long events(UUID token, String type) {
        return value(
                "select count(*) from outbox where record_key = ? and type = ?",
                token.toString(),
                "dev.keyswitch.evaluation-key." + type + ".v1");
    }
}
