package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.http.Cursor;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.ReleaseEvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/v1/evaluation-keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EvaluationKeyController {

    private final EvaluationKeyClaims claims;
    private final EvaluationKeyRepository keys;
    private final EvaluationKeyList list;

    EvaluationKeyController(EvaluationKeyClaims claims, EvaluationKeyRepository keys, EvaluationKeyList list) {
        this.claims = claims;
        this.keys = keys;
        this.list = list;
    }

    @Get
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Page<EvaluationKey> list(Caller caller, QueryParameters query) {
        EvaluationKeyList.Filter filter = EvaluationKeyList.Filter.of(query);
        int limit = query.limit();
        Cursor cursor = query.cursor();
        query.refuseOthers();
        return list.page(Scope.of(caller), filter, limit, cursor);
    }

    @Get("/{id}")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    EvaluationKey get(Caller caller, EvaluationKeyId id) {
        return keys.find(Scope.of(caller), id)
                .orElseThrow(() -> ProblemException.notFound("evaluation key"))
                .toContract();
    }

    @Post("/{id}/claim")
    @Allowed({Role.AGENT, Role.OWNER})
    EvaluationKeyClaim claim(Caller caller, EvaluationKeyId id, @Body ClaimEvaluationKey body) {
        var claim = new EvaluationKeyClaims.Claim(
                Require.between("/generation", body.generation(), 1, Long.MAX_VALUE),
                Require.hex("/rootFingerprint", body.rootFingerprint()),
                Fields.name("/worker", body.worker()),
                Boolean.TRUE.equals(body.takeOver()));
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
        String reason = Require.reason("/reason", body.reason());
        return claims.fail(Scope.of(caller), id, attempt, reason, caller.actor());
    }

    @Post("/{id}/release")
    @Allowed({Role.AGENT, Role.OWNER})
    EvaluationKey release(Caller caller, EvaluationKeyId id, @Body ReleaseEvaluationKey body) {
        int attempt = Require.between("/attempt", body.attempt(), 1, Integer.MAX_VALUE);
        return claims.release(Scope.of(caller), id, attempt, caller.actor());
    }

    @Post("/{id}/retry")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.AGENT})
    EvaluationKey retry(Caller caller, EvaluationKeyId id) {
        return claims.retry(Scope.of(caller), id, caller.actor());
    }
}
