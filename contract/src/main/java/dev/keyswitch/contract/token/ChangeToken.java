package dev.keyswitch.contract.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Body of `PATCH /v1/tokens/{id}` (JSON merge patch): absent fields stay as they are. `null` empties the note and is refused
/// for all others.
///
/// @param status `ACTIVE` resumes or reinstates
/// @param expiresAt 1 second to 365 days ahead; the value stays the same
/// @param custody from now on
/// @param holderId another key holder, who is asked for a new evaluation key if the token is assigned
/// @param modelId only for an unassigned token
public record ChangeToken(
        @Nullable String name,
        @Nullable String note,
        @Nullable TokenStatus status,
        @Nullable Instant expiresAt,
        @Nullable Custody custody,
        @Nullable UUID holderId,
        @Nullable UUID modelId) {

    private static final ChangeToken NOTHING = new ChangeToken(null, null, null, null, null, null, null);

    /// Changes nothing; to be completed.
    public static ChangeToken nothing() {
        return NOTHING;
    }

    public ChangeToken name(@Nullable String wanted) {
        return new ChangeToken(wanted, note, status, expiresAt, custody, holderId, modelId);
    }

    public ChangeToken note(@Nullable String wanted) {
        return new ChangeToken(name, wanted, status, expiresAt, custody, holderId, modelId);
    }

    public ChangeToken status(@Nullable TokenStatus wanted) {
        return new ChangeToken(name, note, wanted, expiresAt, custody, holderId, modelId);
    }

    public ChangeToken expiresAt(@Nullable Instant wanted) {
        return new ChangeToken(name, note, status, wanted, custody, holderId, modelId);
    }

    public ChangeToken custody(@Nullable Custody wanted) {
        return new ChangeToken(name, note, status, expiresAt, wanted, holderId, modelId);
    }

    public ChangeToken holderId(@Nullable UUID wanted) {
        return new ChangeToken(name, note, status, expiresAt, custody, wanted, modelId);
    }

    public ChangeToken modelId(@Nullable UUID wanted) {
        return new ChangeToken(name, note, status, expiresAt, custody, holderId, wanted);
    }
}
