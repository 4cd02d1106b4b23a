package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.UploadId;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.ChunkCutException;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.ChunkTooLargeException;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.ReceivedChunk;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.StagedContent;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.UploadBusyException;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.profile.EncryptionProfiles;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.time.Clock;

/// Takes the bytes of an attempt in, chunk by chunk. A chunk is acknowledged once it is on the disk, so an upload can go on
/// after any crash where it was; a chunk that did not arrive whole leaves no trace.
@Singleton
final class Uploads {

    /// Longest chunk in bytes.
    static final long CHUNK_LIMIT = 8L << 20;

    private final UploadRepository uploads;
    private final EvaluationKeyRepository keys;
    private final EvaluationKeyLocks locks;
    private final EvaluationKeyStore store;
    private final TransactionOperations<Connection> transactions;
    private final IdSource ids;
    private final Clock clock;

    Uploads(
            UploadRepository uploads,
            EvaluationKeyRepository keys,
            EvaluationKeyLocks locks,
            EvaluationKeyStore store,
            TransactionOperations<Connection> transactions,
            IdSource ids,
            Clock clock) {
        this.uploads = uploads;
        this.keys = keys;
        this.locks = locks;
        this.store = store;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /// The upload of this attempt; asked again, the same one, as far as it is.
    Upload begin(Scope scope, EvaluationKeyId id, int attempt, long sizeBytes) throws IOException {
        EvaluationKeyRow key = keys.find(scope, id).orElseThrow(() -> ProblemException.notFound("evaluation key"));
        long expected =
                EncryptionProfiles.of(key.encryptionProfile()).layout().sizeBytes();
        if (sizeBytes != expected) {
            throw ProblemException.invalid(
                            "/sizeBytes", "must be " + expected + ", the size of an evaluation key for this encryption profile")
                    .withFact("expectedSizeBytes", expected);
        }
        UploadRow upload = transactions.executeWrite(status -> {
            locks.lock(scope, id).requireCurrent(attempt);
            return uploads.findByEvaluationKeyIdAndAttempt(id, attempt).orElseGet(() -> {
                UploadRow created =
                        new UploadRow(new UploadId(ids.next()), scope.account(), id, attempt, sizeBytes, clock.instant());
                uploads.save(created);
                return created;
            });
        });
        return upload.toContract(offset(upload));
    }

    UploadRow find(Scope scope, UploadId id) {
        return uploads.find(scope.account(), id, scope.holderText()).orElseThrow(() -> ProblemException.notFound("upload"));
    }

    Upload get(Scope scope, UploadId id) throws IOException {
        UploadRow upload = find(scope, id);
        return upload.toContract(offset(upload));
    }

    /// All of it, once it was moved out of the staging area; that may be so even though the upload was not finished, if the
    /// process died in between.
    private long offset(UploadRow upload) throws IOException {
        long staged = store.stagedBytes(upload.id());
        return staged == 0 && store.isStored(upload.storedName()) ? upload.sizeBytes() : staged;
    }

    /// @param offset where the sender believes the upload to be
    /// @return where it is now
    long append(Scope scope, UploadId id, long offset, InputStream body) throws IOException {
        UploadRow upload = find(scope, id);
        // Early, so that an overtaken worker learns it now; what counts is the same question at the end.
        locks.look(scope, upload.evaluationKeyId()).requireCurrent(upload.attempt());
        try (ReceivedChunk chunk = store.receive(body, CHUNK_LIMIT);
                StagedContent staged = store.lock(id)) {
            long present = staged.length();
            if (present != offset || offset(upload) != offset) {
                throw offsetMismatch(offset, offset(upload));
            }
            if (chunk.length() > upload.sizeBytes() - offset) {
                throw new ProblemException(
                                ProblemCode.EVALUATION_KEY_REFUSED,
                                "The chunk ends " + (offset + chunk.length() - upload.sizeBytes()) + " bytes after the end of the upload.")
                        .withFact("offset", offset)
                        .withFact("sizeBytes", upload.sizeBytes());
            }
            staged.append(chunk);
            return offset + chunk.length();
        } catch (ChunkTooLargeException _) {
            throw new ProblemException(
                    ProblemCode.PAYLOAD_TOO_LARGE, "A chunk may have at most " + CHUNK_LIMIT + " bytes; send several.");
        } catch (ChunkCutException _) {
            throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "The chunk ended before it was complete; nothing of it is kept.");
        } catch (UploadBusyException _) {
            throw busy();
        }
    }

    private static ProblemException offsetMismatch(long sent, long present) {
        return new ProblemException(
                        ProblemCode.UPLOAD_OFFSET_MISMATCH,
                        "The chunk is for offset " + sent + ", but the upload stands at " + present + ".")
                .withFact("offset", present);
    }

    static ProblemException busy() {
        return new ProblemException(
                ProblemCode.CONFLICT, "Another request works on this upload; ask where it stands and try again.");
    }
}
