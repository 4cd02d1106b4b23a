package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.security.Caller;
import org.jspecify.annotations.Nullable;

/// Which evaluation keys a caller can see: those of its account, an AGENT only those of its own holder. All others do not
/// exist for it.
///
/// @param holder null: of every holder
record Scope(AccountId account, @Nullable HolderId holder) {

    static Scope of(Caller caller) {
        return new Scope(caller.account(), caller.holderId());
    }

    /// For SQL, which needs the type said when the value is null.
    @Nullable
    String holderText() {
        return holder == null ? null : holder.toString();
    }
}
