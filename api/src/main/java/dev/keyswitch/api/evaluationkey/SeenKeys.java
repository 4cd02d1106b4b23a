package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.preview.LaterKeys;
import dev.keyswitch.api.preview.SeenKey;
import jakarta.inject.Singleton;
import java.util.List;

/// The evaluation keys of a token, as previews compare them.
@Singleton
public final class SeenKeys {

    /// A change touches the newest ones: whatever is older has ended long ago.
    private static final int NEWEST = 20;

    private final EvaluationKeyRepository repository;

    SeenKeys(EvaluationKeyRepository repository) {
        this.repository = repository;
    }

    public List<SeenKey> of(AccountId account, TokenId token) {
        return repository.newest(account, token, NEWEST).stream()
                .map(row -> new SeenKey(
                        row.id().value(), row.modelId().value(), row.generation(), row.state(), row.encryptionProfile()))
                .toList();
    }

    /// Those that come from a former root key of their holder, or may yet: what a rotation replaces.
    public List<LaterKeys> fromFormerRoot(AccountId account, HolderId holder) {
        return repository.fromFormerRoot(account, holder).stream()
                .map(keys -> new LaterKeys(keys.count(), keys.encryptionProfile()))
                .toList();
    }
}
