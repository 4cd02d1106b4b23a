package dev.keyswitch.api.access;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.account.Accounts;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests.InForce;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.model.ModelRow;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.security.ShownOnceValues;
import dev.keyswitch.api.token.TokenRepository;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.access.Self;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Tells a token about itself.
@Singleton
class SelfAnswers {

    private final AccessRows rows;
    private final AccessDecisions decisions;
    private final TokenRepository tokens;
    private final Models models;
    private final EvaluationKeyRequests evaluationKeys;
    private final Accounts accounts;
    private final Clock clock;

    SelfAnswers(
            AccessRows rows,
            AccessDecisions decisions,
            TokenRepository tokens,
            Models models,
            EvaluationKeyRequests evaluationKeys,
            Accounts accounts,
            Clock clock) {
        this.rows = rows;
        this.decisions = decisions;
        this.tokens = tokens;
        this.models = models;
        this.evaluationKeys = evaluationKeys;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// Empty if no token has this value, or its account is suspended.
    @Transactional(readOnly = true)
    Optional<Self> of(String value) {
        byte[] hash = ShownOnceValues.hash(value);
        return rows
                .owner(hash, clock.instant())
                .map(AccountId::new)
                .flatMap(account -> rows
                        .find(account.value(), hash, clock.instant())
                        .flatMap(row -> tokens.find(new TokenId(row.id().value()), account).map(token -> answer(token, row))));
    }

    private Self answer(TokenRow token, AccessRow row) {
        Optional<ModelRow> model = Optional.ofNullable(token.modelId()).flatMap(id -> models.find(token.accountId(), id));
        Optional<InForce> key = Optional.ofNullable(token.activeGeneration())
                .flatMap(generation -> evaluationKeys.inForce(token.accountId(), token.id(), generation));
        Optional<Reason> obstacle = decisions.obstacle(row);
        return new Self(
                obstacle.isEmpty(),
                obstacle.orElse(null),
                accounts.deploymentId(),
                token.id().value(),
                token.name(),
                token.status(),
                token.expiresAt(),
                token.holderId().value(),
                model.map(ModelRow::id).map(ModelId::value).orElse(null),
                model.map(ModelRow::name).orElse(null),
                key.map(found -> found.key().generation()).orElse(null),
                key.map(InForce::profile).or(() -> model.map(ModelRow::encryptionProfile)).orElse(null),
                key.map(InForce::key).orElse(null));
    }
}
