package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.Custody;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An evaluation key as it is stored.
///
/// @param encryptionProfile resolved; what this key is for, whatever its model's profile is by now
/// @param leaseUntil set while a claim holds. A lost lease stays here until somebody else claims: by it one can tell a
///     lost attempt, which may still come back, from one that gave up
/// @param storedAs where the bytes are in the store; null when there are none (yet, or any more)
@MappedEntity("evaluation_key")
record EvaluationKeyRow(
        @Id EvaluationKeyId id,
        AccountId accountId,
        TokenId tokenId,
        ModelId modelId,
        HolderId holderId,
        long generation,
        EvaluationKeyState state,
        @TypeDef(type = DataType.JSON) EncryptionProfile encryptionProfile,
        String profileDigest,
        Custody custody,
        int attempt,
        @Nullable String claimedBy,
        @Nullable Instant leaseUntil,
        int progressPercent,
        @Nullable Long sizeBytes,
        @Nullable String sha256,
        @Nullable String rootFingerprint,
        @Nullable String holderMac,
        @TypeDef(type = DataType.JSON) List<EvaluationKeyPart> parts,
        @Nullable String storedAs,
        @Nullable String failure,
        Instant requestedAt,
        Instant announcedAt,
        @Nullable Instant claimedAt,
        @Nullable Instant readyAt,
        @Nullable Long generationMillis,
        @Nullable Instant endedAt) {

    /// Whether the latest attempt may still report and finish: its lease holds, or was lost without anybody taking over.
    boolean isBeingMade() {
        return switch (state) {
            case GENERATING -> true;
            case REQUESTED -> leaseUntil != null;
            case READY, FAILED, SUPERSEDED, REVOKED -> false;
        };
    }

    boolean isLeasedUntil(Instant time) {
        return state == EvaluationKeyState.GENERATING && leaseUntil != null && !leaseUntil.isBefore(time);
    }

    StoredName storedName() {
        return new StoredName(id, attempt);
    }

    EvaluationKey toContract() {
        return new EvaluationKey(
                id.value(),
                tokenId.value(),
                modelId.value(),
                holderId.value(),
                generation,
                state,
                attempt,
                progressPercent,
                sizeBytes,
                sha256,
                rootFingerprint,
                holderMac,
                parts,
                requestedAt,
                claimedAt,
                readyAt,
                generationMillis,
                claimedBy,
                failure);
    }
}
