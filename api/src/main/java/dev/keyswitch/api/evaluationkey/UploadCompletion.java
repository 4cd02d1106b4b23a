package dev.keyswitch.api.evaluationkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.UploadId;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.StagedContent;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.UploadBusyException;
import dev.keyswitch.api.preview.Undone;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends an upload: the bytes are read back and checked, moved to where keys are kept, and only then, in one transaction, the
/// key is READY. Whatever is refused leaves no bytes.
@Singleton
final class UploadCompletion {

    private final Uploads uploads;
    private final EvaluationKeyRepository keys;
    private final EvaluationKeyLocks locks;
    private final EvaluationKeyJournal journal;
    private final KeyArrivals arrivals;
    private final EvaluationKeyStore store;
    private final ContentCheck check;
    private final EvaluationKeyConfiguration times;
    private final TransactionOperations<Connection> transactions;
    private final Undone undone;
    private final ObjectMapper json;
    private final Clock clock;

    UploadCompletion(
            Uploads uploads,
            EvaluationKeyRepository keys,
            EvaluationKeyLocks locks,
            EvaluationKeyJournal journal,
            KeyArrivals arrivals,
            EvaluationKeyStore store,
            ContentCheck check,
            EvaluationKeyConfiguration times,
            TransactionOperations<Connection> transactions,
            Undone undone,
            ObjectMapper json,
            Clock clock) {
        this.uploads = uploads;
        this.keys = keys;
        this.locks = locks;
        this.journal = journal;
        this.arrivals = arrivals;
        this.store = store;
        this.check = check;
        this.times = times;
        this.transactions = transactions;
        this.undone = undone;
        this.json = json;
        this.clock = clock;
    }

    /// What the sender says it uploaded.
    record Announced(
            String sha256, long sizeBytes, List<EvaluationKeyPart> parts, String holderMac, @Nullable Long generationMillis) {}

    /// Asked again after a lost answer, it answers the same.
    EvaluationKey complete(Scope scope, UploadId id, Announced announced, Actor by) throws IOException {
        UploadRow upload = uploads.find(scope, id);
        try (StagedContent staged = store.lock(id)) {
            FencedKey key = locks.look(scope, upload.evaluationKeyId());
            if (isDone(key.row(), upload, announced)) {
                return key.row().toContract();
            }
            key.requireCurrent(upload.attempt());
            if (!key.row().isLeasedUntil(clock.instant().plus(times.lease().dividedBy(2)))) {
                prolong(scope, upload, by);
            }
            requireWhole(upload, staged);
            refuseUnlessFit(key.row(), announced, staged, upload);
            staged.store(upload.storedName());
            return makeReady(scope, upload, announced, by).toContract();
        } catch (UploadBusyException _) {
            throw Uploads.busy();
        }
    }

    /// What completing would answer. The bytes are checked in full and stay where they are, whatever comes out.
    EvaluationKey preview(Scope scope, UploadId id, Announced announced, Actor by) throws IOException {
        UploadRow upload = uploads.find(scope, id);
        try (StagedContent staged = store.lock(id)) {
            EvaluationKeyRow key = keys.findById(upload.evaluationKeyId()).orElseThrow();
            if (isDone(key, upload, announced)) {
                return key.toContract();
            }
            requireWhole(upload, staged);
            requireFit(key, announced, staged, upload);
            return undone.run(() -> ready(scope, upload, announced, by).toContract());
        } catch (UploadBusyException _) {
            throw Uploads.busy();
        }
    }

    private static boolean isDone(EvaluationKeyRow key, UploadRow upload, Announced announced) {
        return key.state() == EvaluationKeyState.READY
                && key.attempt() == upload.attempt()
                && announced.sha256().equals(key.sha256());
    }

    /// The check may take longer than what is left of the lease. Not while most of it is left: each write that must reach the disk is time in
    /// which the key is not READY.
    private void prolong(Scope scope, UploadRow upload, Actor by) {
        transactions.executeWrite(status -> {
            FencedKey key = locks.lock(scope, upload.evaluationKeyId());
            key.requireCurrent(upload.attempt());
            Instant until = clock.instant().plus(times.lease());
            keys.resume(key.row().id(), key.row().progressPercent(), until);
            return key.row().state() == EvaluationKeyState.GENERATING
                    ? key.row()
                    : journal.changed(EventType.EVALUATION_KEY_GENERATING, key.row(), by);
        });
    }

    private void requireWhole(UploadRow upload, StagedContent staged) throws IOException {
        long present = staged.length();
        if (present != upload.sizeBytes() && !isMoved(upload, staged)) {
            throw new ProblemException(
                            ProblemCode.UPLOAD_INCOMPLETE,
                            (upload.sizeBytes() - present) + " of " + upload.sizeBytes() + " bytes are missing.")
                    .withFact("offset", present);
        }
    }

    /// The process died after moving the bytes and before it wrote so down.
    private boolean isMoved(UploadRow upload, StagedContent staged) throws IOException {
        return staged.length() == 0 && store.isStored(upload.storedName());
    }

    private void refuseUnlessFit(EvaluationKeyRow key, Announced announced, StagedContent staged, UploadRow upload)
            throws IOException {
        try {
            requireFit(key, announced, staged, upload);
        } catch (ProblemException refused) {
            staged.discard();
            store.delete(upload.storedName());
            throw refused;
        }
    }

    private void requireFit(EvaluationKeyRow key, Announced announced, StagedContent staged, UploadRow upload)
            throws IOException {
        KeyProfile profile = EncryptionProfiles.of(key.encryptionProfile());
        try (InputStream content = isMoved(upload, staged)
                ? store.open(upload.storedName()).read(0, upload.sizeBytes())
                : staged.read()) {
            check.requireFit(profile, announced, content);
        }
    }

    private EvaluationKeyRow makeReady(Scope scope, UploadRow upload, Announced announced, Actor by) throws IOException {
        try {
            return transactions.executeWrite(status -> ready(scope, upload, announced, by));
        } catch (ProblemException late) {
            // Only a refusal says for sure that nothing was committed; after any other failure the bytes stay, for the
            // answer to the same request again, or for the sweeper.
            store.delete(upload.storedName());
            throw late;
        }
    }

    private EvaluationKeyRow ready(Scope scope, UploadRow upload, Announced announced, Actor by) {
        FencedKey key = locks.lock(scope, upload.evaluationKeyId());
        key.requireCurrent(upload.attempt());
        keys.ready(
                key.row().id(),
                announced.sizeBytes(),
                announced.sha256(),
                announced.holderMac(),
                written(announced.parts()),
                announced.generationMillis(),
                upload.storedName().text(),
                clock.instant());
        journal.changed(EventType.EVALUATION_KEY_READY, key.row(), by);
        arrivals.arrived(key.row().accountId(), key.row().tokenId(), key.row().generation(), by);
        return keys.findById(key.row().id()).orElseThrow();
    }

    private String written(List<EvaluationKeyPart> parts) {
        try {
            return json.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("parts are plain records", e);
        }
    }
}
