package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections end in the middle of a chunk: the upload stands where it stood, and goes on from there.
class CutConnectionIT extends EvaluationKeyIT {

    private static final byte[] KEY = newKey(BFV);
    private static final int FIRST = 70_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsNothingOfAChunkWhoseSenderIsKilled(boolean lengthKnown) throws Exception {
        Upload upload = started();
        try (RawPatch patch = patch(upload, lengthKnown)) {
            patch.send(slice(KEY, FIRST, FIRST + 60_000));
            awaitReceiving();

            // A sender that lost its connection asks on another one, while this one still looks alive.
            assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo(Integer.toString(FIRST));
            patch.cut();
        }

        finishFrom(upload);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsNothingOfAChunkThatEndsEarly(boolean lengthKnown) throws Exception {
        Upload upload = started();
        try (RawPatch patch = patch(upload, lengthKnown)) {
            patch.send(slice(KEY, FIRST, FIRST + 60_000));

            assertThat(patch.endEarly()).doesNotContain("204 No Content").doesNotContain(" 500 ");
        }

        finishFrom(upload);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNotHeldUpByASenderThatHasGoneSilent(boolean lengthKnown) throws Exception {
        Upload upload = started();
        try (RawPatch silent = patch(upload, lengthKnown)) {
            silent.send(slice(KEY, FIRST, FIRST + 60_000));
            awaitReceiving();

            finishFrom(upload);
        }
    }

    private Upload started() {
        Wanted wanted = wanted();
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), KEY.length);
        assertThat(append(agent(), upload, 0, slice(KEY, 0, FIRST)).status()).isEqualTo(204);
        return upload;
    }

    private RawPatch patch(Upload upload, boolean lengthKnown) throws IOException {
        return new RawPatch(
                server().uri(), ownerCredential(), "/v1/uploads/" + upload.id(), FIRST, lengthKnown ? KEY.length - FIRST : -1);
    }

    private void finishFrom(Upload upload) {
        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo(Integer.toString(FIRST));
        assertThat(append(agent(), upload, FIRST, slice(KEY, FIRST, KEY.length)).status()).isEqualTo(204);
        assertThat(complete(agent(), upload, announced(BFV, KEY)).as(200, EvaluationKey.class).state())
                .isEqualTo(EvaluationKeyState.READY);
        assertThat(owner().get("/v1/evaluation-keys/" + upload.evaluationKeyId() + "/content").bytes())
                .isEqualTo(KEY);
    }

    /// Until the server has the half chunk in hands: it is in a file without a name by then.
    private void awaitReceiving() throws Exception {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (openChunks() == 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private long openChunks() throws IOException {
        try (var descriptors = Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).toString().contains("/staging/chunk-");
                        } catch (IOException _) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
