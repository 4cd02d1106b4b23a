package dev.keyswitch.contract.bulk;

import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.CreateToken;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One line of `POST /v1/bulk`.
///
/// @param tokenId of the token that it is about; not with CREATE
/// @param ifMatch what the single call would say in `If-Match`
/// @param body what the single call would have as its body
public record BulkLine(
        @Nullable TokenOperation operation, @Nullable UUID tokenId, @Nullable String ifMatch, @Nullable Object body) {

    public static BulkLine create(CreateToken token) {
        return new BulkLine(TokenOperation.CREATE, null, null, token);
    }

    public static BulkLine update(UUID token, ChangeToken change) {
        return new BulkLine(TokenOperation.UPDATE, token, null, change);
    }

    public static BulkLine assign(UUID token, UUID model) {
        return new BulkLine(TokenOperation.ASSIGN, token, null, new AssignToken(model, null, null));
    }

    public static BulkLine reassign(UUID token, UUID model, AssignmentMode mode) {
        return new BulkLine(TokenOperation.REASSIGN, token, null, new AssignToken(model, null, mode));
    }

    /// For the operations that need no more than their name: UNASSIGN, SUSPEND, RESUME, CANCEL, REINSTATE, DELETE.
    public static BulkLine of(TokenOperation operation, UUID token) {
        return new BulkLine(operation, token, null, null);
    }

    /// The same, refused with 412 if the token is not as it was read with this tag.
    public BulkLine ifMatch(String tag) {
        return new BulkLine(operation, tokenId, tag, body);
    }
}
