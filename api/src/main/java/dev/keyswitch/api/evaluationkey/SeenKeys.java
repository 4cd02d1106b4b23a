package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.TokenId;
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
}
