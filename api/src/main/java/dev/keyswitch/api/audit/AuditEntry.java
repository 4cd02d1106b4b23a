package dev.keyswitch.api.audit;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of the audit trail.
///
/// @param action subject and verb, for example `token.assigned`
/// @param before what changed, as it was; null for what is new. Never a secret.
/// @param after what changed, as it is now; null for what is gone
public record AuditEntry(
        AccountId account,
        Actor by,
        String action,
        @Nullable TokenId token,
        @Nullable ModelId model,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after) {

    /// About a token, and the model it has to do with, if any.
    public static AuditEntry token(AccountId account, Actor by, String action, TokenId token, @Nullable ModelId model) {
        return new AuditEntry(account, by, action, token, model, null, null);
    }

    public static AuditEntry model(AccountId account, Actor by, String action, ModelId model) {
        return new AuditEntry(account, by, action, null, model, null, null);
    }

    /// About the account itself: credentials, holders.
    public static AuditEntry account(AccountId account, Actor by, String action) {
        return new AuditEntry(account, by, action, null, null, null, null);
    }

    public AuditEntry before(Map<String, Object> facts) {
        return new AuditEntry(account, by, action, token, model, facts, after);
    }

    public AuditEntry after(Map<String, Object> facts) {
        return new AuditEntry(account, by, action, token, model, before, facts);
    }
}
