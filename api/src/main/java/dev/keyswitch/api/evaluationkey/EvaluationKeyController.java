package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

@Controller("/v1/evaluation-keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EvaluationKeyController {

    private static final int WORKER_NAME = 120;
    private static final int REASON = 500;

    private final EvaluationKeyClaims claims;
    private final EvaluationKeyQueries queries;

    EvaluationKeyController(EvaluationKeyClaims claims, EvaluationKeyQueries queries) {
        this.claims = claims;
        this.queries = queries;
    }

    @Get("{?state,tokenId,modelId,holderId,limit,cursor}")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Page<EvaluationKey> list(
            Caller caller,
            @QueryValue @Nullable EvaluationKeyState state,
            @QueryValue @Nullable TokenId tokenId,
            @QueryValue @Nullable ModelId modelId,
            @QueryValue @Nullable HolderId holderId,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        return queries.list(Scope.of(caller), new EvaluationKeyQueries.Filter(state, tokenId, modelId, holderId), limit, cursor);
    }

    @Get("/{id}")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    EvaluationKey get(Caller caller, EvaluationKeyId id) {
        return queries.get(Scope.of(caller), id).toContract();
    }

    @Post("/{id}/claim")
    @Allowed({Role.AGENT, Role.OWNER})
    EvaluationKeyClaim claim(Caller caller, EvaluationKeyId id, @Body ClaimEvaluationKey body) {
        var claim = new EvaluationKeyClaims.Claim(
                Require.between("/generation", body.generation(), 1, Long.MAX_VALUE),
                Require.hex("/rootFingerprint", body.rootFingerprint()),
                Require.text("/worker", body.worker(), WORKER_NAME));
        return claims.claim(Scope.of(caller), id, claim, caller.actor());
    }

    @Post("/{id}/progress")
    @Allowed({Role.AGENT, Role.OWNER})
    EvaluationKey progress(Caller caller, EvaluationKeyId id, @Body ReportProgress body) {
        int attempt = Require.between("/attempt", body.attempt(), 1, Integer.MAX_VALUE);
        int percent = Require.between("/percent", body.percent(), 0, 99);
        return claims.progress(Scope.of(caller), id, attempt, percent, caller.actor());
    }

    @Post("/{id}/fail")
    @Allowed({Role.AGENT, Role.OWNER})
    EvaluationKey fail(Caller caller, EvaluationKeyId id, @Body ReportFailure body) {
        int attempt = Require.between("/attempt", body.attempt(), 1, Integer.MAX_VALUE);
        String reason = Require.text("/reason", body.reason(), REASON);
        return claims.fail(Scope.of(caller), id, attempt, reason, caller.actor());
    }

    @Post("/{id}/retry")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.AGENT})
    EvaluationKey retry(Caller caller, EvaluationKeyId id) {
        return claims.retry(Scope.of(caller), id, caller.actor());
    }
}
