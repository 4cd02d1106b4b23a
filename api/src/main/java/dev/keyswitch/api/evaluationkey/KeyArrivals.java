package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;

/// What becomes of a token whose evaluation key is READY. Called in the transaction that made the key so, by a caller that
/// holds the lock of the token's row.
public interface KeyArrivals {

    void arrived(AccountId account, TokenId token, long generation, Actor by);
}
