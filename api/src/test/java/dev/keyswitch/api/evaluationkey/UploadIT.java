package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.evaluationkey.CompleteUpload;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UploadIT extends EvaluationKeyIT {

    private static final byte[] KEY = newKey(BFV);

    @Test
    void keepsARealKeyByteByByteFromClaimToDownload() throws IOException {
        Wanted wanted = wanted();
        TestClient agent = agent();

        EvaluationKeyClaim claim = claimed(agent, wanted);
        Upload upload = begun(agent, wanted, claim.attempt(), KEY.length);
        int half = KEY.length / 2;
        assertThat(append(agent, upload, 0, slice(KEY, 0, half)).header("Upload-Offset")).isEqualTo(Integer.toString(half));
        assertThat(append(agent, upload, half, slice(KEY, half, KEY.length)).status()).isEqualTo(204);
        EvaluationKey ready = complete(agent, upload, announced(BFV, KEY)).as(200, EvaluationKey.class);

        assertThat(claim.encryptionProfile().digest()).isEqualTo(BFV.digest());
        assertThat(ready.state()).isEqualTo(EvaluationKeyState.READY);
        assertThat(ready.sha256()).isEqualTo(sha256(KEY));
        assertThat(ready.sizeBytes()).isEqualTo(KEY.length);
        assertThat(ready.progressPercent()).isEqualTo(100);
        assertThat(ready.parts()).isEqualTo(parts(BFV));
        assertThat(ready.holderMac()).isEqualTo(MAC);
        assertThat(ready.rootFingerprint()).isEqualTo(FINGERPRINT);
        assertThat(ready.generatedBy()).isEqualTo("worker-1");
        assertThat(ready.generationMillis()).isEqualTo(12);
        assertThat(get(wanted)).isEqualTo(ready);
        assertThat(agent.get(path(wanted) + "/content").bytes()).isEqualTo(KEY);
        assertThat(value("select active_generation from token where id = ?", wanted.token()).toString()).isEqualTo("1");
        assertThat(events(wanted.token(), "generating")).isEqualTo(1);
        assertThat(events(wanted.token(), "ready")).isEqualTo(1);
        assertThat(stagedFiles()).noneMatch(file -> file.endsWith(upload.id().toString()));
        Path stored = stored(wanted);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored))).isEqualTo("rw-------");
        for (Path folder = stored.getParent(); !folder.equals(folder.getRoot().resolve("tmp")); folder = folder.getParent()) {
            if (folder.startsWith(configuration().store())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
            }
        }
    }

    @Test
    void answersTheSameWhenCompletedAgainAfterALostAnswer() {
        Wanted wanted = wanted();
        Upload upload = uploaded(wanted, KEY);

        EvaluationKey first = complete(agent(), upload, announced(BFV, KEY)).as(200, EvaluationKey.class);
        EvaluationKey second = complete(agent(), upload, announced(BFV, KEY)).as(200, EvaluationKey.class);

        assertThat(second).isEqualTo(first);
        assertThat(events(wanted.token(), "ready")).isEqualTo(1);
        complete(agent(), upload, announced(BFV, newKey(BFV))).problem(409, "evaluation-key-state");
        assertThat(get(wanted)).isEqualTo(first);
    }

    @Test
    void makesTheKeyReadyOnceWhenCompletedManyTimesAtOnce() throws Exception {
        Wanted wanted = wanted();
        Upload upload = uploaded(wanted, KEY);
        TestClient agent = agent();

        List<Integer> statuses = atOnce(8, () -> complete(agent, upload, announced(BFV, KEY)).status());

        assertThat(statuses).containsOnly(200);
        assertThat(events(wanted.token(), "ready")).isEqualTo(1);
    }

    @Test
    void goesOnWhereItWasWhenTheProcessDiedAfterStoringTheBytes() throws IOException {
        Wanted wanted = wanted();
        Upload upload = uploaded(wanted, KEY);
        Path staged = configuration().store().resolve("staging/" + upload.id());
        Path stored = configuration().store().resolve("keys/" + lastTwo(wanted.id()) + "/" + wanted.id() + "-1");
        Files.createDirectories(stored.getParent());
        Files.move(staged, stored);

        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo(Integer.toString(KEY.length));
        append(agent(), upload, 0, slice(KEY, 0, 9)).problem(409, "upload-offset-mismatch");
        assertThat(complete(agent(), upload, announced(BFV, KEY)).as(200, EvaluationKey.class).state())
                .isEqualTo(EvaluationKeyState.READY);
        assertThat(owner().get(path(wanted) + "/content").bytes()).isEqualTo(KEY);
    }

    @Test
    void answersTheSameUploadWithItsOffsetWhenBegunAgain() {
        Wanted wanted = wanted();
        int attempt = claimed(agent(), wanted).attempt();
        Upload first = begun(agent(), wanted, attempt, KEY.length);
        append(agent(), first, 0, slice(KEY, 0, 1000));

        Upload again = begun(agent(), wanted, attempt, KEY.length);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.offset()).isEqualTo(1000);
        assertThat(head(agent(), again).header("Upload-Offset")).isEqualTo("1000");
        assertThat(head(agent(), again).header("Upload-Length")).isEqualTo(Integer.toString(KEY.length));
        assertThat(head(agent(), again).status()).isEqualTo(204);
    }

    @Test
    void refusesAChunkAtAnotherOffsetAndSaysWhereTheUploadStands() {
        Upload upload = begun(agent(), claimedKey(), 1, KEY.length);
        append(agent(), upload, 0, slice(KEY, 0, 1000));

        assertThat(append(agent(), upload, 500, slice(KEY, 0, 10)).problem(409, "upload-offset-mismatch").facts())
                .containsEntry("offset", 1000);
        append(agent(), upload, 1001, slice(KEY, 0, 10)).problem(409, "upload-offset-mismatch");
        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo("1000");
    }

    @Test
    void refusesAChunkPastTheEnd() {
        Upload upload = begun(agent(), claimedKey(), 1, KEY.length);
        append(agent(), upload, 0, slice(KEY, 0, KEY.length - 10));

        append(agent(), upload, KEY.length - 10, new byte[11]).problem(422, "evaluation-key-refused");

        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo(Integer.toString(KEY.length - 10));
        append(agent(), upload, KEY.length - 10, slice(KEY, KEY.length - 10, KEY.length));
        assertThat(complete(agent(), upload, announced(BFV, KEY)).status()).isEqualTo(200);
    }

    @Test
    void refusesAChunkOfMoreThanEightMebibytes() {
        Upload upload = begun(agent(), claimedKey(), 1, KEY.length);

        append(agent(), upload, 0, new byte[(8 << 20) + 1]).problem(413, "payload-too-large");
        append(agent(), upload, 0, new byte[8 << 20]).problem(422, "evaluation-key-refused");

        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo("0");
    }

    @Test
    void refusesAChunkWithoutAnOffset() {
        Upload upload = begun(agent(), claimedKey(), 1, KEY.length);

        for (String offset : List.of("", "-1", "1e3", "99999999999999999999")) {
            agent().send(agent().request("/v1/uploads/" + upload.id())
                            .header("Content-Type", "application/octet-stream")
                            .header("Upload-Offset", offset)
                            .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofByteArray(KEY)))
                    .problem(400, "malformed-request");
        }
        agent().send(agent().request("/v1/uploads/" + upload.id())
                        .header("Content-Type", "application/octet-stream")
                        .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofByteArray(KEY)))
                .problem(400, "malformed-request");
    }

    @Test
    void takesOneOfManyChunksThatClaimTheSameOffset() throws Exception {
        Upload upload = begun(agent(), claimedKey(), 1, KEY.length);
        TestClient agent = agent();

        List<Integer> statuses = atOnce(8, () -> append(agent, upload, 0, KEY).status());

        assertThat(statuses).containsOnlyOnce(204).filteredOn(status -> status != 204).containsOnly(409);
        assertThat(complete(agent, upload, announced(BFV, KEY)).status()).isEqualTo(200);
    }

    @Test
    void refusesAnUploadOfAnotherSizeThanTheProfileDemands() {
        Wanted wanted = claimedKey();

        assertThat(begin(agent(), wanted, 1, KEY.length + 1).problem(422, "invalid-fields").errors())
                .extracting("pointer")
                .containsExactly("/sizeBytes");
        begin(agent(), wanted, 1, -1).problem(422, "invalid-fields");
        begin(agent(), wanted, 1, Long.MAX_VALUE).problem(422, "invalid-fields");
        begin(agent(), wanted, 2, KEY.length).problem(409, "attempt-outdated");
        begin(agent(), wanted(), 1, KEY.length).problem(409, "attempt-outdated");
    }

    @Test
    void refusesToCompleteATruncatedUploadAndKeepsItResumable() {
        Upload upload = begun(agent(), claimedKey(), 1, KEY.length);
        append(agent(), upload, 0, slice(KEY, 0, KEY.length - 1));

        assertThat(complete(agent(), upload, announced(BFV, KEY)).problem(409, "upload-incomplete").facts())
                .containsEntry("offset", KEY.length - 1);
        append(agent(), upload, KEY.length - 1, slice(KEY, KEY.length - 1, KEY.length));
        assertThat(complete(agent(), upload, announced(BFV, KEY)).status()).isEqualTo(200);
    }

    @Test
    void keepsNothingOfBytesThatAreNotTheKeyThatWasAskedFor() {
        byte[] random = new byte[KEY.length];
        new Random(1).nextBytes(random);
        byte[] foreign = newKey(EncryptionProfiles.resolve(EncryptionProfile.bfv(4096, 18, 36, 36, 37)));
        byte[] changed = KEY.clone();
        changed[KEY.length / 2] ^= 1;
        byte[] cut = Arrays.copyOf(Arrays.copyOf(KEY, KEY.length - 1), KEY.length);

        refused(random, announced(BFV, random));
        refused(foreign, announced(BFV, foreign));
        refused(new byte[KEY.length], announced(BFV, new byte[KEY.length]));
        refused(cut, announced(BFV, KEY));
        refused(KEY, announced(BFV, changed));
        refused(KEY, new CompleteUpload(sha256(KEY), KEY.length - 1L, parts(BFV), MAC, null));
        refused(KEY, new CompleteUpload(sha256(KEY), (long) KEY.length, parts(ROTATING), MAC, null));
        refused(KEY, new CompleteUpload(sha256(KEY), (long) KEY.length, List.of(), MAC, null));
        EvaluationKeyPart wrongKind = new EvaluationKeyPart(EvaluationKeyPart.Kind.ROTATION, 0, KEY.length);
        refused(KEY, new CompleteUpload(sha256(KEY), (long) KEY.length, List.of(wrongKind), MAC, null));
    }

    private void refused(byte[] bytes, CompleteUpload announced) {
        Wanted wanted = claimedKey();
        Upload upload = begun(agent(), wanted, 1, bytes.length);
        append(agent(), upload, 0, bytes);

        complete(agent(), upload, announced).problem(422, "evaluation-key-refused");

        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.GENERATING);
        assertThat(storedFiles()).noneMatch(file -> file.toString().contains(wanted.id().toString()));
        assertThat(stagedFiles()).noneMatch(file -> file.toString().contains(upload.id().toString()));
        // The same attempt may be uploaded anew.
        Upload again = begun(agent(), wanted, 1, KEY.length);
        assertThat(again.offset()).isZero();
        append(agent(), again, 0, KEY);
        assertThat(complete(agent(), again, announced(BFV, KEY)).status()).isEqualTo(200);
    }

    @Test
    void refusesAnIncompleteAnnouncementWithoutTouchingTheBytes() {
        Upload upload = uploaded(wanted(), KEY);
        CompleteUpload good = announced(BFV, KEY);

        complete(agent(), upload, new CompleteUpload(null, good.sizeBytes(), good.parts(), MAC, null))
                .problem(422, "invalid-fields");
        complete(agent(), upload, new CompleteUpload("ABC", good.sizeBytes(), good.parts(), MAC, null))
                .problem(422, "invalid-fields");
        complete(agent(), upload, new CompleteUpload(good.sha256(), null, good.parts(), MAC, null))
                .problem(422, "invalid-fields");
        complete(agent(), upload, new CompleteUpload(good.sha256(), good.sizeBytes(), null, MAC, null))
                .problem(422, "invalid-fields");
        complete(agent(), upload, new CompleteUpload(good.sha256(), good.sizeBytes(), good.parts(), null, null))
                .problem(422, "invalid-fields");
        complete(agent(), upload, new CompleteUpload(good.sha256(), good.sizeBytes(), good.parts(), MAC, -1L))
                .problem(422, "invalid-fields");

        assertThat(complete(agent(), upload, good).status()).isEqualTo(200);
    }

    @Test
    void acceptsNothingOfAnOvertakenAttempt() {
        Wanted wanted = claimedKey();
        Upload late = begun(agent(), wanted, 1, KEY.length);
        append(agent(), late, 0, KEY);
        execute("update evaluation_key set lease_until = now() - interval '1 second' where id = ?", wanted.id());
        assertThat(claimed(agent(), wanted).attempt()).isEqualTo(2);

        begin(agent(), wanted, 1, KEY.length).problem(409, "attempt-outdated");
        append(agent(), late, KEY.length, new byte[0]).problem(409, "attempt-outdated");
        complete(agent(), late, announced(BFV, KEY)).problem(409, "attempt-outdated");

        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.GENERATING);
        assertThat(storedFiles()).noneMatch(file -> file.toString().contains(wanted.id().toString()));
    }

    @Test
    void acceptsNothingOfAnOutdatedGeneration() {
        Wanted wanted = claimedKey();
        Upload late = begun(agent(), wanted, 1, KEY.length);
        append(agent(), late, 0, KEY);
        wantedAgain(wanted);

        begin(agent(), wanted, 1, KEY.length).problem(409, "generation-outdated");
        append(agent(), late, KEY.length, new byte[0]).problem(409, "generation-outdated");
        complete(agent(), late, announced(BFV, KEY)).problem(409, "generation-outdated");

        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        assertThat(storedFiles()).noneMatch(file -> file.toString().contains(wanted.id().toString()));
    }

    @Test
    void doesNotKnowUploadsOfOtherHolders() {
        Upload upload = begun(agent(), claimedKey(), 1, KEY.length);
        TestClient stranger = agentOf(newHolder("e".repeat(64)));

        assertThat(head(stranger, upload).status()).isEqualTo(404);
        append(stranger, upload, 0, KEY).problem(404, "not-found");
        complete(stranger, upload, announced(BFV, KEY)).problem(404, "not-found");
        append(stranger, new Upload(UUID.randomUUID(), upload.id(), 1, 1, 0), 0, KEY).problem(404, "not-found");
        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo("0");
    }

    private Wanted claimedKey() {
        Wanted wanted = wanted();
        claimed(agent(), wanted);
        return wanted;
    }

    private Upload uploaded(Wanted wanted, byte[] bytes) {
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), bytes.length);
        assertThat(append(agent(), upload, 0, bytes).status()).isEqualTo(204);
        return upload;
    }

    private Path stored(Wanted wanted) {
        return storedFiles().stream()
                .filter(file -> file.getFileName().toString().startsWith(wanted.id().toString()))
                .findFirst()
                .orElseThrow();
    }

    private static String lastTwo(UUID id) {
        return id.toString().substring(34);
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> calls = threads.invokeAll(java.util.Collections.nCopies(times, call));
            return calls.stream().map(Future::resultNow).toList();
        }
    }
}
