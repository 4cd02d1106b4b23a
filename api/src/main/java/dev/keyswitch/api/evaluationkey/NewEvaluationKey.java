package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.Custody;

/// What an evaluation key is asked for with.
///
/// @param generation the token's newest, taken for this request alone
/// @param profile resolved
public record NewEvaluationKey(
        AccountId account,
        TokenId token,
        ModelId model,
        HolderId holder,
        Custody custody,
        long generation,
        EncryptionProfile profile) {}
