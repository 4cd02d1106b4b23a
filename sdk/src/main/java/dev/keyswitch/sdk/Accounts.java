package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.value.Page;
import java.util.List;
import java.util.UUID;

/// Accounts of the deployment, for its administrator.
public final class Accounts {
    private static final TypeReference<Page<Account>> PAGE = new TypeReference<>() {};

    private final Wire wire;

    Accounts(Wire wire) {
        this.wire = wire;
    }

    /// All of them.
    public List<Account> list() {
        return Pages.stream(
                        cursor -> wire.get(
                                Target.of("/v1/accounts").with("cursor", cursor).toString(), PAGE),
                        null)
                .toList();
    }

    /// The answer alone carries the value of the first OWNER credential.
    public CreatedAccount create(CreateAccount account) {
        return wire.post("/v1/accounts", account, CreatedAccount.class);
    }

    /// From now on every credential and every token of the account is refused.
    public Account suspend(UUID account) {
        return wire.exchange("POST", path(account) + "/suspend", null, Account.class, Call::asRepeatable);
    }

    /// Ends that; everything inside is as it was.
    public Account resume(UUID account) {
        return wire.exchange("POST", path(account) + "/resume", null, Account.class, Call::asRepeatable);
    }

    private static String path(UUID account) {
        return "/v1/accounts/" + account;
    }
}
