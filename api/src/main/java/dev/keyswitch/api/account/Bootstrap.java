package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.holder.HolderRepository;
import dev.keyswitch.api.holder.HolderRow;
import dev.keyswitch.api.security.Credentials;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.value.ShownOnceValue;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What must be there before the first request: the deployment, a first account, and credentials to begin with.
///
/// May run at any start, on any number of nodes at once, and again after a crash at any point: a credential's file is
/// written before its row, so a value on disk is a value that works after the next start.
@Singleton
public class Bootstrap {

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
    private static final int DEFAULT_TOKEN_LIFETIME_DAYS = 30;
    /// Any number, as long as it is always this one: the word "keyswitc" in ASCII.
    private static final long LOCK = 0x6b65797377697463L;

    private final AccountRepository accounts;
    private final HolderRepository holders;
    private final Credentials credentials;
    private final IdSource ids;
    private final Clock clock;

    Bootstrap(AccountRepository accounts, HolderRepository holders, Credentials credentials, IdSource ids, Clock clock) {
        this.accounts = accounts;
        this.holders = holders;
        this.credentials = credentials;
        this.ids = ids;
        this.clock = clock;
    }

    /// @param slug of the first account
    @Transactional
    public void run(String slug, @Nullable Path adminFile, @Nullable Path ownerFile) {
        accounts.lock(LOCK);
        accounts.createDeployment(ids.next(), clock.instant());
        AccountRow account = accounts.findBySlug(slug).orElseGet(() -> create(slug, slug));
        try {
            if (adminFile != null) {
                ensure(null, "bootstrap", Role.ADMIN, new CredentialFile(adminFile));
            }
            if (ownerFile != null) {
                ensure(account.id(), "bootstrap", Role.OWNER, new CredentialFile(ownerFile));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of all accounts.
    @Transactional(readOnly = true)
    public List<String> slugs() {
        return accounts.slugs();
    }

    /// An account and its default holder, which has no root key fingerprint yet. Within the caller's transaction.
    AccountRow create(String slug, String name) {
        Instant now = clock.instant();
        AccountRow account = new AccountRow(
                new AccountId(ids.next()), slug, name, new HolderId(ids.next()), now, null, DEFAULT_TOKEN_LIFETIME_DAYS, 0);
        accounts.save(account);
        holders.save(new HolderRow(account.defaultHolderId(), account.id(), "default", null, now, 0));
        return account;
    }

    private void ensure(@Nullable AccountId account, String name, Role role, CredentialFile file) throws IOException {
        Optional<String> present = file.read();
        if (present.isPresent()) {
            credentials.ensure(account, name, role, present.get());
            return;
        }
        ShownOnceValue value = credentials.nextValue();
        file.write(value);
        credentials.ensure(account, name, role, value.reveal());
        LOG.info("credential written role={} file={}", role, file);
    }
}
