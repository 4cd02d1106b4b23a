package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.ReleaseEvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ClaimIT extends EvaluationKeyIT {

    @Test
    void answersTheJobTheAttemptAndTheLease() {
        Wanted wanted = wanted();

        EvaluationKeyClaim claim = claimed(agent(), wanted);

        assertThat(claim.deploymentId()).isEqualTo(owner().get("/v1/account").as(200, Account.class).deploymentId());
        assertThat(claim.tokenId()).isEqualTo(wanted.token());
        assertThat(claim.modelId()).isEqualTo(wanted.model());
        assertThat(claim.generation()).isEqualTo(1);
        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(Duration.between(Instant.now(), claim.leaseUntil())).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        EvaluationKey key = get(wanted);
        assertThat(key.state()).isEqualTo(EvaluationKeyState.GENERATING);
        assertThat(key.generatedBy()).isEqualTo("worker-1");
        assertThat(key.claimedAt()).isNotNull();
        assertThat(events(wanted.token(), "generating")).isEqualTo(1);
        assertThat(this.<Long>value("select count(*) from audit where token_id = ? and action = ?", wanted.token(), "evaluation-key.generating"))
                .isEqualTo(1);
    }

    @Test
    void letsExactlyOneOfManyWorkersHaveAKey() throws Exception {
        TestClient agent = agent();
        for (int round = 0; round < 20; round++) {
            Wanted wanted = wanted();

            List<Answer> answers = atOnce(4, () -> claim(agent, wanted));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allSatisfy(answer -> assertThat(answer.problem(409, "evaluation-key-claimed").facts())
                            .containsKey("leaseUntil"));
            assertThat(get(wanted).attempt()).isEqualTo(1);
        }
    }

    @Test
    void letsAnotherWorkerTakeOverALostLeaseAndNothingMoreOfTheFirst() {
        Wanted wanted = wanted();
        EvaluationKeyClaim first = claimed(agent(), wanted);
        Upload upload = begun(agent(), wanted, first.attempt(), BFV.layout().sizeBytes());
        loseLease(wanted);

        EvaluationKeyClaim second = claimed(agent(), wanted);

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(progress(agent(), wanted, 1, 50).problem(409, "attempt-outdated").facts()).containsEntry("attempt", 2);
        fail(agent(), wanted, 1, "no more").problem(409, "attempt-outdated");
        append(agent(), upload, 0, new byte[1]).problem(409, "attempt-outdated");
        begin(agent(), wanted, 1, BFV.layout().sizeBytes()).problem(409, "attempt-outdated");
        assertThat(progress(agent(), wanted, 2, 10).as(200, EvaluationKey.class).progressPercent()).isEqualTo(10);
    }

    @Test
    void givesALostLeaseBackToTheAttemptThatNobodyOvertook() {
        Wanted wanted = wanted();
        claimed(agent(), wanted);
        progress(agent(), wanted, 1, 40);
        loseLease(wanted);

        assertThat(progress(agent(), wanted, 1, 41).status()).isEqualTo(200);
        claim(agent(), wanted).problem(409, "evaluation-key-claimed");

        // Also after a sweeper has asked for the key again.
        execute("update evaluation_key set state = 'REQUESTED', progress_percent = 0 where id = ?", wanted.id());
        EvaluationKey again = progress(agent(), wanted, 1, 42).as(200, EvaluationKey.class);
        assertThat(again.state()).isEqualTo(EvaluationKeyState.GENERATING);
        assertThat(again.progressPercent()).isEqualTo(42);
    }

    @Test
    void letsProgressOnlyRiseAndTheLeaseOnlyGrow() {
        Wanted wanted = wanted();
        claimed(agent(), wanted);
        execute("update evaluation_key set lease_until = now() + interval '1 hour' where id = ?", wanted.id());

        assertThat(progress(agent(), wanted, 1, 60).as(200, EvaluationKey.class).progressPercent()).isEqualTo(60);
        assertThat(progress(agent(), wanted, 1, 30).as(200, EvaluationKey.class).progressPercent()).isEqualTo(60);
        assertThat(this.<Boolean>value("select lease_until > now() + interval '50 minutes' from evaluation_key where id = ?", wanted.id()))
                .isTrue();
    }

    @Test
    void refusesAnotherRootKeyThanTheHolders() {
        Wanted wanted = wanted();
        String path = path(wanted) + "/claim";

        agent().post(path, new ClaimEvaluationKey(1L, "e".repeat(64), "w")).problem(409, "holder-mismatch");
        owner().post(path, new ClaimEvaluationKey(1L, "e".repeat(64), "w")).problem(409, "holder-mismatch");
        UUID blank = newHolder(null);
        claim(agentOf(blank), wanted(BFV, blank)).problem(409, "holder-without-root-key");

        assertThat(get(wanted).attempt()).isZero();
    }

    @Test
    void refusesAnythingButTheNewestGeneration() {
        Wanted old = wanted();
        claimed(agent(), old);
        Wanted newest = wantedAgain(old);

        assertThat(claim(agent(), old).problem(409, "generation-outdated").facts()).containsEntry("generation", 2);
        progress(agent(), old, 1, 5).problem(409, "generation-outdated");
        fail(agent(), old, 1, "late").problem(409, "generation-outdated");
        agent().post(path(newest) + "/claim", new ClaimEvaluationKey(1L, FINGERPRINT, "w")).problem(409, "generation-outdated");
        agent().post(path(newest) + "/claim", new ClaimEvaluationKey(3L, FINGERPRINT, "w")).problem(409, "generation-outdated");

        assertThat(claimed(agent(), newest).generation()).isEqualTo(2);
    }

    @Test
    void failsWithAReasonAndIsAskedForAgain() {
        Wanted wanted = wanted();
        claimed(agent(), wanted);

        EvaluationKey failed = fail(agent(), wanted, 1, "  out of memory  ").as(200, EvaluationKey.class);
        EvaluationKey again = fail(agent(), wanted, 1, "out of memory").as(200, EvaluationKey.class);

        assertThat(failed.state()).isEqualTo(EvaluationKeyState.FAILED);
        assertThat(failed.failure()).isEqualTo("out of memory");
        assertThat(again).isEqualTo(failed);
        assertThat(events(wanted.token(), "failed")).isEqualTo(1);
        assertThat(claim(agent(), wanted).problem(409, "evaluation-key-state").facts()).containsEntry("state", "FAILED");
        progress(agent(), wanted, 1, 5).problem(409, "evaluation-key-state");

        EvaluationKey retried = owner().post(path(wanted) + "/retry", "").as(200, EvaluationKey.class);

        assertThat(retried.state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(events(wanted.token(), "requested")).isEqualTo(1);
        assertThat(this.<String>value(
                        "select data from outbox where record_key = ? and type like '%requested%'", wanted.token().toString()))
                .contains("\"cause\":\"RETRIED\"", "\"evaluationKeyId\":\"" + wanted.id());
        // Who gave up does not come back by a late sign of life.
        progress(agent(), wanted, 1, 5).problem(409, "evaluation-key-state");
        owner().post(path(wanted) + "/retry", "").problem(409, "evaluation-key-state");
        assertThat(claimed(agent(), wanted).attempt()).isEqualTo(2);
    }

    @Test
    void letsAWorkerTakeOverFromItsDeadPredecessorAndNobodyElse() {
        Wanted wanted = wanted();
        claimed(agent(), wanted);

        agent().post(path(wanted) + "/claim", new ClaimEvaluationKey(1L, FINGERPRINT, "worker-2", true))
                .problem(409, "evaluation-key-claimed");
        EvaluationKeyClaim claim = agent().post(
                        path(wanted) + "/claim", new ClaimEvaluationKey(1L, FINGERPRINT, "worker-1", true))
                .as(200, EvaluationKeyClaim.class);

        assertThat(claim.attempt()).isEqualTo(2);
        progress(agent(), wanted, 1, 5).problem(409, "attempt-outdated");
    }

    @Test
    void isAskedForAgainAtOnceWhenItsWorkerHandsItBack() {
        Wanted wanted = wanted();
        claimed(agent(), wanted);

        EvaluationKey released = release(agent(), wanted, 1).as(200, EvaluationKey.class);

        assertThat(released.state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(this.<String>value(
                        "select data from outbox where record_key = ? and type like '%requested%'", wanted.token().toString()))
                .contains("\"cause\":\"RELEASED\"");
        progress(agent(), wanted, 1, 5).problem(409, "evaluation-key-state");
        release(agent(), wanted, 1).problem(409, "evaluation-key-state");
        release(agentOf(newHolder("d".repeat(64))), wanted, 1).problem(404, "not-found");
        assertThat(claimed(agent(), wanted).attempt()).isEqualTo(2);
        release(agent(), wanted, 1).problem(409, "attempt-outdated");
    }

    private static Answer release(TestClient client, Wanted key, int attempt) {
        return client.post(path(key) + "/release", new ReleaseEvaluationKey(attempt));
    }

    @Test
    void refusesWhatIsNotReadyToBeClaimed() {
        Wanted wanted = wanted();
        ready(agent(), wanted, newKey(BFV));

        claim(agent(), wanted).problem(409, "evaluation-key-state");
        fail(agent(), wanted, 1, "no").problem(409, "evaluation-key-state");
        progress(agent(), wanted, 1, 3).problem(409, "evaluation-key-state");
        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.READY);
    }

    @Test
    void showsAnAgentOnlyTheKeysOfItsHolder() {
        Wanted wanted = wanted();
        UUID other = newHolder("e".repeat(64));
        TestClient stranger = agentOf(other);
        Wanted own = wanted(BFV, other);

        stranger.get(path(wanted)).problem(404, "not-found");
        stranger.get(path(wanted) + "/content").problem(404, "not-found");
        claim(stranger, wanted).problem(404, "not-found");
        progress(stranger, wanted, 1, 1).problem(404, "not-found");
        fail(stranger, wanted, 1, "x").problem(404, "not-found");
        stranger.post(path(wanted) + "/retry", "").problem(404, "not-found");
        begin(stranger, wanted, 1, BFV.layout().sizeBytes()).problem(404, "not-found");

        assertThat(ids(stranger.get("/v1/evaluation-keys"))).containsExactly(own.id());
        assertThat(ids(stranger.get("/v1/evaluation-keys?holderId=" + defaultHolder()))).isEmpty();
        assertThat(get(wanted).attempt()).isZero();
    }

    @Test
    void showsNothingOfAnAccountToAnother() {
        Wanted wanted = wanted();
        UUID otherAccount = UUID.randomUUID();
        UUID otherHolder = UUID.randomUUID();
        execute(
                """
                with a as (insert into account values (?, ?, 'other', ?, now()))
                insert into holder values (?, ?, 'theirs', ?, now())
                """,
                otherAccount,
                "o" + otherAccount.toString().substring(0, 8),
                otherHolder,
                otherHolder,
                otherAccount,
                FINGERPRINT);
        TestClient foreign = newCredential("OWNER", otherAccount, null);

        foreign.get(path(wanted)).problem(404, "not-found");
        foreign.get(path(wanted) + "/content").problem(404, "not-found");
        claim(foreign, wanted).problem(404, "not-found");
        foreign.post(path(wanted) + "/retry", "").problem(404, "not-found");
        assertThat(ids(foreign.get("/v1/evaluation-keys"))).isEmpty();
        assertThat(ids(foreign.get("/v1/evaluation-keys?tokenId=" + wanted.token()))).isEmpty();
    }

    @Test
    void listsByEveryFilterAndPageByPage() {
        UUID holder = newHolder("d".repeat(64));
        List<UUID> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.addFirst(wanted(BFV, holder).id());
        }
        Collections.sort(newestFirst, (a, b) -> b.toString().compareTo(a.toString()));
        Wanted one = wanted(BFV, holder);
        agentOf(holder).post(path(one) + "/claim", new ClaimEvaluationKey(1L, "d".repeat(64), "w"));
        String list = "/v1/evaluation-keys?holderId=" + holder;

        assertThat(ids(owner().get(list + "&state=GENERATING"))).containsExactly(one.id());
        assertThat(ids(owner().get(list + "&tokenId=" + one.token()))).containsExactly(one.id());
        assertThat(ids(owner().get(list + "&modelId=" + one.model()))).containsExactly(one.id());
        assertThat(ids(owner().get(list + "&state=READY"))).isEmpty();
        List<UUID> paged = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = owner().get(list + "&state=REQUESTED&limit=2" + cursor);
            paged.addAll(ids(page));
            cursor = page.json().get("nextCursor").isNull() ? "" : "&cursor=" + page.json().get("nextCursor").asText();
        } while (!cursor.isEmpty());
        assertThat(paged).containsExactlyElementsOf(newestFirst);
    }

    @Test
    void refusesHostileInputWithASentence() {
        Wanted wanted = wanted();
        String claim = path(wanted) + "/claim";
        TestClient agent = agent();

        agent.post(claim, "{}").problem(422, "invalid-fields");
        agent.post(claim, "").problem(400, "malformed-request");
        agent.post(claim, "null").problem(400, "malformed-request");
        agent.post(claim, "{").problem(400, "malformed-request");
        agent.post(claim, new ClaimEvaluationKey(-1L, FINGERPRINT, "w")).problem(422, "invalid-fields");
        agent.post(claim, new ClaimEvaluationKey(1L, FINGERPRINT.toUpperCase(java.util.Locale.ROOT), "w")).problem(422, "invalid-fields");
        agent.post(claim, new ClaimEvaluationKey(1L, FINGERPRINT, " ")).problem(422, "invalid-fields");
        agent.post(claim, new ClaimEvaluationKey(1L, FINGERPRINT, "w".repeat(121))).problem(422, "invalid-fields");
        agent.post(claim, "{\"generation\":1,\"rootFingerprint\":\"x\",\"worker\":\"w\",\"force\":true}").problem(422, "invalid-fields");
        agent.post(claim, "{\"generation\":99999999999999999999}").problem(422, "invalid-fields");
        agent.post(path(wanted) + "/progress", new ReportProgress(1, 100)).problem(422, "invalid-fields");
        agent.post(path(wanted) + "/progress", new ReportProgress(0, 1)).problem(422, "invalid-fields");
        agent.post(path(wanted) + "/progress", new ReportProgress(1, -1)).problem(422, "invalid-fields");
        agent.post(path(wanted) + "/fail", new ReportFailure(1, "x".repeat(501))).problem(422, "invalid-fields");
        agent.post(path(wanted) + "/fail", "{\"attempt\":1,\"reason\":\"a\\u0000b\"}").problem(422, "invalid-fields");
        agent.get("/v1/evaluation-keys/not-an-id").problem(400, "malformed-request");
        agent.get("/v1/evaluation-keys/" + UUID.randomUUID()).problem(404, "not-found");
        for (String query : List.of("limit=0", "limit=201", "limit=x", "cursor=x", "state=DONE", "tokenId=1", "holderId=%00", "status=READY")) {
            Problem problem = agent.get("/v1/evaluation-keys?" + query).problem(422, "invalid-fields");
            assertThat(problem.detail()).isNotBlank();
        }
    }

    @Test
    void letsRolesDoOnlyWhatTheyMay() {
        Wanted wanted = wanted();
        for (String role : List.of("VIEWER", "OPERATOR", "GATEWAY")) {
            TestClient client = newCredential(role, account(), null);
            claim(client, wanted).problem(403, "forbidden");
            progress(client, wanted, 1, 1).problem(403, "forbidden");
            begin(client, wanted, 1, 1).problem(403, "forbidden");
            assertThat(head(client, new Upload(UUID.randomUUID(), wanted.id(), 1, 1, 0)).status()).isEqualTo(403);
        }
        newCredential("VIEWER", account(), null).get(path(wanted) + "/content").problem(403, "forbidden");
        newCredential("OPERATOR", account(), null).get(path(wanted) + "/content").problem(403, "forbidden");
        newCredential("VIEWER", account(), null).post(path(wanted) + "/retry", "").problem(403, "forbidden");
        admin().get(path(wanted)).problem(403, "forbidden");
        assertThat(newCredential("VIEWER", account(), null).get(path(wanted)).status()).isEqualTo(200);
    }

    private static Answer progress(TestClient client, Wanted key, int attempt, int percent) {
        return client.post(path(key) + "/progress", new ReportProgress(attempt, percent));
    }

    private static Answer fail(TestClient client, Wanted key, int attempt, String reason) {
        return client.post(path(key) + "/fail", new ReportFailure(attempt, reason));
    }

    private void loseLease(Wanted wanted) {
        execute("update evaluation_key set lease_until = now() - interval '1 second' where id = ?", wanted.id());
    }

    private static List<UUID> ids(Answer page) {
        List<UUID> ids = new ArrayList<>();
        if (page.status() != 200) {
            throw new AssertionError(page.text());
        }
        page.json().get("items").forEach(item -> ids.add(UUID.fromString(item.get("id").asText())));
        return ids;
    }

    private static <T> List<T> atOnce(int times, java.util.concurrent.Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Collections.nCopies(times, call)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }
}
