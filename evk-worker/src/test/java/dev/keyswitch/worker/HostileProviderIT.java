package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.Json;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A provider that asks the key holder for what it must not do: nothing is made, nothing but a refusal is sent.
class HostileProviderIT {

    private final KeyJob job = Jobs.job(UUID.randomUUID(), 1);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private ObjectNode claim = claim(EncryptionProfiles.describe(Jobs.PROFILE));
    private boolean endless;

    private HttpServer provider;
    private KeyswitchClient client;
    private KeyHolder holder;
    private LeaseKeepers leases;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        provider.createContext("/", this::answer);
        provider.start();
        client = KeyswitchClient.builder()
                .url(URI.create("http://127.0.0.1:" + provider.getAddress().getPort()))
                .credential("ksm_not_a_real_one")
                .timeout(Duration.ofSeconds(3))
                .maxRetries(0)
                .build();
        holder = holder(folder);
        leases = new LeaseKeepers(client);
    }

    @AfterEach
    void stop() {
        leases.close();
        client.close();
        holder.close();
        provider.stop(0);
    }

    @Test
    void makesNoKeyOutsideTheSecureTable() {
        // Twice the modulus that degree 4096 may have at 128 bits.
        ObjectNode profile = (ObjectNode) claim.get("encryptionProfile");
        profile.putArray("coeffModulusBits").add(60).add(60).add(60).add(38);
        profile.remove("coeffModulus");

        assertRefused(LocalPolicy.DEFAULT);
    }

    @Test
    void makesNoKeyThatIsLargerThanTheHolderAllows() {
        claim = claim(EncryptionProfiles.describe(EncryptionProfiles.resolve(
                EncryptionProfile.ckks(16384, 60, 40, 40, 60).withRotations(Rotations.all()))));

        assertRefused(new LocalPolicy(1 << 20, 0, Set.of()));

        assertThat(refusals.getFirst()).contains("at most 1048576");
    }

    @Test
    void makesNoKeyForMillionsOfRotations() {
        var steps = ((ObjectNode) claim.get("encryptionProfile")).putArray("rotations");
        for (int i = 0; i < 100_000; i++) {
            steps.add(i);
        }

        assertRefused(LocalPolicy.DEFAULT);
    }

    @Test
    void makesNoKeyOfAnotherContentThanItsDigestSays() {
        ((ObjectNode) claim.get("encryptionProfile")).put("digest", "0".repeat(64));

        assertRefused(LocalPolicy.DEFAULT);
    }

    @Test
    void makesNoKeyForAnotherTokenDeploymentOrModelThanItWasAskedFor() {
        for (String field : new String[] {"tokenId", "deploymentId", "modelId", "evaluationKeyId"}) {
            claim = claim(EncryptionProfiles.describe(Jobs.PROFILE)).put(field, UUID.randomUUID().toString());

            assertRefused(LocalPolicy.DEFAULT);
        }
        claim = claim(EncryptionProfiles.describe(Jobs.PROFILE)).put("generation", 7);
        assertRefused(LocalPolicy.DEFAULT);
    }

    @Test
    void makesNoKeyForAModelThatTheHolderDoesNotKnow() {
        assertRefused(new LocalPolicy(1 << 30, 0, Set.of(UUID.randomUUID())));
    }

    @Test
    void claimsNoMoreThanTheHolderMakesInAnHour() {
        RegenerationService service = service(new LocalPolicy(1 << 30, 1, Set.of(UUID.randomUUID())));
        service.make(new Regeneration(job, () -> {}));
        calls.clear();

        assertThat(service.make(new Regeneration(job, () -> {}))).isInstanceOf(Outcome.NotNow.class);

        assertThat(calls).isEmpty();
    }

    @Test
    void doesNotListenToAnAnswerThatNeverEnds() {
        endless = true;

        Outcome outcome = service(LocalPolicy.DEFAULT).make(new Regeneration(job, () -> {}));

        assertThat(outcome).isInstanceOf(Outcome.NotNow.class);
        assertThat(calls).noneMatch(call -> call.contains("upload"));
    }

    private void assertRefused(LocalPolicy policy) {
        calls.clear();
        refusals.clear();

        Outcome outcome = service(policy).make(new Regeneration(job, () -> {}));

        assertThat(outcome).isInstanceOf(Outcome.Finished.class);
        assertThat(calls).hasSize(2).allMatch(call -> call.endsWith("/claim") || call.endsWith("/fail"));
        assertThat(refusals).hasSize(1);
    }

    private RegenerationService service(LocalPolicy policy) {
        return new RegenerationService(client, holder, WorkerName.passing(), policy, leases);
    }

    private ObjectNode claim(EncryptionProfile profile) {
        return Json.mapper().valueToTree(new EvaluationKeyClaim(
                Jobs.DEPLOYMENT,
                job.evaluationKeyId(),
                job.tokenId(),
                job.modelId(),
                job.generation(),
                1,
                profile,
                Instant.now().plusSeconds(60)));
    }

    private EvaluationKey failed() {
        return new EvaluationKey(
                job.evaluationKeyId(),
                job.tokenId(),
                job.modelId(),
                job.holderId(),
                job.generation(),
                EvaluationKeyState.FAILED,
                1,
                0,
                null,
                null,
                null,
                null,
                List.of(),
                Instant.now(),
                null,
                null,
                null,
                null,
                "refused");
    }

    private void answer(HttpExchange call) throws IOException {
        calls.add(call.getRequestURI().getPath());
        if (call.getRequestURI().getPath().endsWith("/fail")) {
            refusals.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }
        call.getResponseHeaders().add("Content-Type", "application/json");
        if (endless) {
            call.sendResponseHeaders(200, 0);
            try (OutputStream out = call.getResponseBody()) {
                while (true) {
                    out.write(new byte[1 << 16]);
                }
            }
        }
        byte[] body = Json.mapper()
                .writeValueAsBytes(call.getRequestURI().getPath().endsWith("/claim") ? claim : failed());
        call.sendResponseHeaders(200, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    private static KeyHolder holder(Path folder) throws IOException {
        try (RootKey root = RootKey.generate(new SecureRandom())) {
            root.write(folder.resolve("root.key"));
        }
        return KeyHolder.open(folder, Jobs.DEPLOYMENT);
    }
}
