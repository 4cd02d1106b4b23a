package dev.keyswitch.cli;

import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.FAILED;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.READY;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.contract.evaluationkey.CompleteUpload;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.keygen.EvaluationKeyVerifier;
import dev.keyswitch.keygen.HolderMac;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.Json;
import dev.keyswitch.sdk.Peer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationKeysGenerateIT {
    private static final KeyProfile PROFILE =
            EncryptionProfiles.of(Samples.triage().encryptionProfile());
    private static final String KEY = "/v1/evaluation-keys/" + Samples.KEY;
    private static final UUID UPLOAD = UUID.fromString("0199a000-0000-7000-8000-000000000031");

    private final Peer peer = new Peer();
    private final RootKey root = RootKey.generate(new SecureRandom());

    @TempDir
    private Path folder;

    @BeforeEach
    void setUpAHolder() throws IOException {
        root.write(folder.resolve("root.key"));
        Files.writeString(folder.resolve("deployment.id"), Samples.DEPLOYMENT.toString());
        deploymentIs(Samples.DEPLOYMENT);
        waitsFor(Samples.key(REQUESTED, 0), Custody.HOLDER);
        claimIs(claim(Samples.DEPLOYMENT, 3));
        long size = PROFILE.layout().sizeBytes();
        peer.on("POST " + KEY + "/uploads", Samples.answer(new Upload(UPLOAD, Samples.KEY, 1, size, 0)))
                .on("PATCH /v1/uploads/" + UPLOAD, (exchange, request) -> {
                    long offset = Long.parseLong(request.header("Upload-Offset"));
                    exchange.getResponseHeaders().set("Upload-Offset", Long.toString(offset + request.body().length));
                    exchange.sendResponseHeaders(204, -1);
                })
                .on("POST /v1/uploads/" + UPLOAD + "/complete", Samples.answer(Samples.key(READY, 100)))
                .on("POST " + KEY + "/release", Samples.answer(Samples.key(REQUESTED, 0)));
    }

    @AfterEach
    void stop() {
        root.close();
        peer.close();
    }

    @Test
    void makesTheKeyHereAndUploadsIt() throws Exception {
        Cli.Run run = generate();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("READY");
        byte[] bytes = peer.received().stream()
                .filter(request -> request.method().equals("PATCH"))
                .map(Peer.Received::body)
                .reduce(new byte[0], EvaluationKeysGenerateIT::joined);
        KeyId id = new KeyId(Samples.DEPLOYMENT, Samples.TOKEN, Samples.MODEL, 3);
        try (SecretKey secret = SecretKey.derive(root, id, PROFILE.parameters())) {
            EvaluationKeyVerifier.verify(secret, PROFILE, new ByteArrayInputStream(bytes));
        }
        CompleteUpload completed = Json.mapper().readValue(last("/complete").body(), CompleteUpload.class);
        assertThat(HolderMac.verify(
                        root,
                        id,
                        String.valueOf(completed.sha256()),
                        PROFILE.layout().parts(),
                        String.valueOf(completed.holderMac())))
                .isTrue();
        assertThat(last("/claim").text()).contains(root.fingerprint());
    }

    @Test
    void handsTheWorkBackWhenTheUploadIsRefused() {
        peer.on("PATCH /v1/uploads/" + UPLOAD, Peer.problem(422, "{\"status\":422,\"code\":\"invalid-fields\",\"detail\":\"no\"}"));

        Cli.Run run = generate();

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(peer.calls()).contains("POST " + KEY + "/release");
    }

    @Test
    void makesNothingForAnotherDeploymentOrAnotherJob() {
        deploymentIs(Samples.KEY);
        assertThat(generate().exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(peer.calls()).noneMatch(call -> call.startsWith("POST"));

        deploymentIs(Samples.DEPLOYMENT);
        claimIs(claim(Samples.KEY, 3));
        assertThat(generate().err()).contains("belongs to the deployment");
        claimIs(claim(Samples.DEPLOYMENT, 2));
        assertThat(generate().err()).contains("another job");
        assertThat(peer.calls()).filteredOn(call -> call.endsWith("/release")).hasSize(2);
        assertThat(peer.calls()).noneMatch(call -> call.endsWith("/uploads"));
    }

    @Test
    void saysWhyThereIsNothingToMake() {
        waitsFor(Samples.key(REQUESTED, 0), Custody.AGENT);
        assertThat(generate().err()).contains("--custody holder");
        waitsFor(Samples.key(READY, 100), Custody.HOLDER);
        assertThat(generate().err()).contains("is READY");
        waitsFor(Samples.key(FAILED, 0), Custody.HOLDER);
        assertThat(generate().err()).contains("disk full", "evaluation-keys retry " + Samples.KEY);
        assertThat(peer.calls()).noneMatch(call -> call.startsWith("POST"));
    }

    @Test
    void asksAgainForAKeyThatFailed() {
        peer.on("GET " + KEY, Samples.answer(Samples.key(FAILED, 0)))
                .on("POST " + KEY + "/retry", Samples.answer(Samples.key(REQUESTED, 0)));

        assertThat(cli().run("evaluation-keys", "retry", Samples.KEY.toString()).out()).contains("REQUESTED");
    }

    private Cli.Run generate() {
        return cli().run("evaluation-keys", "generate", "--token", Samples.TOKEN.toString());
    }

    private Cli cli() {
        return Cli.of(peer.url()).with("KEYSWITCH_ROOT_KEY", folder.resolve("root.key").toString());
    }

    private void deploymentIs(UUID deployment) {
        peer.on(
                "GET /v1/whoami",
                Samples.answer(new Whoami(Samples.KEY, "owner", Role.OWNER, Samples.MODEL, "default", null, deployment)));
    }

    private void claimIs(EvaluationKeyClaim claim) {
        peer.on("POST " + KEY + "/claim", Samples.answer(claim));
    }

    private static EvaluationKeyClaim claim(UUID deployment, long generation) {
        return new EvaluationKeyClaim(
                deployment,
                Samples.KEY,
                Samples.TOKEN,
                Samples.MODEL,
                generation,
                1,
                Samples.triage().encryptionProfile(),
                Instant.now().plusSeconds(60));
    }

    private void waitsFor(EvaluationKey key, Custody custody) {
        Token token = Samples.assigned(Samples.TOKEN, "ward 7", key);
        peer.on(
                "GET /v1/tokens/" + Samples.TOKEN,
                Samples.answer(new Token(
                        token.id(),
                        token.name(),
                        token.note(),
                        token.status(),
                        custody,
                        token.holderId(),
                        token.createdAt(),
                        token.expiresAt(),
                        token.modelId(),
                        token.modelName(),
                        token.generation(),
                        token.activeGeneration(),
                        key,
                        null,
                        token.valueHint(),
                        null,
                        null)));
    }

    private Peer.Received last(String end) {
        List<Peer.Received> found = peer.received().stream()
                .filter(request -> request.target().endsWith(end))
                .toList();
        return found.getLast();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
