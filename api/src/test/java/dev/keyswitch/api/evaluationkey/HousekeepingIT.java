package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// The sweepers of two nodes on one database and one store, far quicker than usual.
class HousekeepingIT extends EvaluationKeyIT {

    private static final byte[] KEY = newKey(BFV);

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "keyswitch.evaluation-key.leases-every", "100ms",
                "keyswitch.evaluation-key.sweep-every", "100ms",
                "keyswitch.evaluation-key.tidy-every", "100ms");
    }

    @Test
    void asksAgainForAKeyWhoseLeaseRanOutAndOnlyOnceOnTwoNodes() {
        try (ApiServer second = ApiServer.start(configuration())) {
            assertThat(second.uri()).isNotEqualTo(server().uri());
            Wanted wanted = wanted();
            claimed(agent(), wanted);
            assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.GENERATING);

            execute("update evaluation_key set lease_until = now() - interval '1 second' where id = ?", wanted.id());

            await(() -> get(wanted).state() == EvaluationKeyState.REQUESTED);
            assertThat(events(wanted.token(), "requested")).isEqualTo(1);
            assertThat(this.<String>value(
                            "select data from outbox where record_key = ? and type like '%requested%'", wanted.token().toString()))
                    .contains("\"cause\":\"SWEPT\"", "\"by\":\"system\"");
            assertThat(claimed(agent(), wanted).attempt()).isEqualTo(2);
        }
    }

    @Test
    void announcesARequestAgainThatNobodyTookUp() {
        Wanted wanted = wanted();
        Wanted byHand = wanted();
        execute("update evaluation_key set custody = 'HOLDER' where id = ?", byHand.id());

        age(wanted, "61 seconds");
        age(byHand, "61 seconds");

        await(() -> events(wanted.token(), "requested") == 1);
        // It has become older meanwhile: the next time is later.
        publishEvents(wanted);
        // In one statement: the sweepers look all the time.
        execute(
                "update evaluation_key set announced_at = now() - interval '61 seconds', requested_at = now() - interval '161 seconds' where id = ?",
                wanted.id());
        sweepTwice();
        assertThat(events(wanted.token(), "requested")).isEqualTo(1);
        execute(
                "update evaluation_key set announced_at = announced_at - interval '40 seconds', requested_at = requested_at - interval '40 seconds' where id = ?",
                wanted.id());
        await(() -> events(wanted.token(), "requested") == 2);
        assertThat(events(byHand.token(), "requested")).isZero();
    }

    @Test
    void asksAgainForFailedKeysEverMoreSlowlyAndThenLeavesThemToAPerson() {
        Wanted wanted = wanted();
        fail(agent(), wanted, claimed(agent(), wanted).attempt());
        sweepTwice();
        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.FAILED);

        failedBefore(wanted, "31 seconds");
        await(() -> get(wanted).state() == EvaluationKeyState.REQUESTED);
        assertThat(events(wanted.token(), "requested")).isEqualTo(1);
        fail(agent(), wanted, claimed(agent(), wanted).attempt());
        failedBefore(wanted, "90 seconds");
        sweepTwice();
        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.FAILED);
        failedBefore(wanted, "121 seconds");
        await(() -> get(wanted).state() == EvaluationKeyState.REQUESTED);

        execute("update evaluation_key set failures = 5 where id = ?", wanted.id());
        fail(agent(), wanted, claimed(agent(), wanted).attempt());
        failedBefore(wanted, "30 days");
        sweepTwice();
        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.FAILED);
        owner().post(path(wanted) + "/retry", "").as(200, EvaluationKey.class);
        assertThat(this.<Integer>value("select failures from evaluation_key where id = ?", wanted.id())).isZero();
    }

    private void fail(TestClient worker, Wanted wanted, int attempt) {
        worker.post(path(wanted) + "/fail", new ReportFailure(attempt, "no memory")).as(200, EvaluationKey.class);
    }

    private void failedBefore(Wanted wanted, String interval) {
        execute("update evaluation_key set failed_at = now() - cast(? as interval) where id = ?", interval, wanted.id());
    }

    @Test
    void deletesTheBytesOfRevokedKeysAtOnceAndOfSupersededOnesAfterADay() {
        Wanted revoked = wanted();
        Wanted superseded = wanted();
        ready(agent(), revoked, KEY);
        ready(agent(), superseded, KEY);

        execute("update evaluation_key set state = 'REVOKED', ended_at = now() where id = ?", revoked.id());
        execute("update evaluation_key set state = 'SUPERSEDED', ended_at = now() where id = ?", superseded.id());

        await(() -> !isStored(revoked));
        await(() -> value("select stored_as from evaluation_key where id = ?", revoked.id()) == null);
        assertThat(owner().get(path(superseded) + "/content").bytes()).isEqualTo(KEY);
        execute("update evaluation_key set ended_at = now() - interval '25 hours' where id = ?", superseded.id());
        await(() -> !isStored(superseded));
        owner().get(path(superseded) + "/content").problem(409, "evaluation-key-state");
        assertThat(get(superseded).sha256()).isEqualTo(sha256(KEY));
    }

    @Test
    void deletesWhatWasUploadedForAttemptsThatCannotGoOn() {
        Upload overtaken = uploaded();
        execute("update evaluation_key set attempt = attempt + 1 where id = ?", overtaken.evaluationKeyId());
        Upload failed = uploaded();
        execute("update evaluation_key set state = 'FAILED', lease_until = null where id = ?", failed.evaluationKeyId());
        Upload gone = uploaded();
        execute("delete from upload where id = ?", gone.id());
        Upload abandoned = uploaded();
        execute(
                "update evaluation_key set state = 'REQUESTED', lease_until = now() - interval '61 minutes' where id = ?",
                abandoned.evaluationKeyId());
        Upload lost = uploaded();
        execute(
                "update evaluation_key set state = 'REQUESTED', lease_until = now() - interval '1 minute' where id = ?",
                lost.evaluationKeyId());
        Upload live = uploaded();

        await(() -> !isStaged(overtaken) && !isStaged(failed) && !isStaged(gone) && !isStaged(abandoned));
        sweepTwice();
        assertThat(isStaged(live)).isTrue();
        assertThat(isStaged(lost)).isTrue();
        assertThat(complete(agent(), live, announced(BFV, KEY)).status()).isEqualTo(200);
        assertThat(complete(agent(), lost, announced(BFV, KEY)).status()).isEqualTo(200);
    }

    @Test
    void deletesStoredBytesThatNoRowNamesButNotThoseAboutToBeNamed() throws IOException {
        Path unknown = oldFile(UUID.randomUUID() + "-1");
        Wanted overtaken = wanted();
        claimed(agent(), overtaken);
        Path late = oldFile(overtaken.id() + "-1");
        execute("update evaluation_key set attempt = 2 where id = ?", overtaken.id());
        Wanted finishing = wanted();
        claimed(agent(), finishing);
        Path aboutToBeNamed = oldFile(finishing.id() + "-1");
        Wanted done = wanted();
        ready(agent(), done, KEY);
        Path named = configuration().store().resolve(relative(done.id() + "-1"));
        Files.setLastModifiedTime(named, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path notOurs = oldFile("readme.txt");

        await(() -> !Files.exists(unknown) && !Files.exists(late));
        sweepTwice();
        assertThat(aboutToBeNamed).exists();
        assertThat(named).exists();
        assertThat(notOurs).exists();
    }

    private Upload uploaded() {
        Wanted wanted = wanted();
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), KEY.length);
        append(agent(), upload, 0, KEY);
        return upload;
    }

    /// As if nothing had happened to the key for so long, and its last event had been published.
    private void age(Wanted wanted, String interval) {
        publishEvents(wanted);
        execute(
                "update evaluation_key set requested_at = now() - cast(? as interval), announced_at = now() - cast(? as interval) where id = ?",
                interval,
                interval,
                wanted.id());
    }

    private void publishEvents(Wanted wanted) {
        execute("update outbox set published_at = now() where record_key = ? and published_at is null", wanted.token().toString());
    }

    private boolean isStored(Wanted wanted) {
        return storedFiles().stream().anyMatch(file -> file.toString().contains(wanted.id().toString()));
    }

    private boolean isStaged(Upload upload) {
        return stagedFiles().stream().anyMatch(file -> file.endsWith(upload.id().toString()));
    }

    private Path oldFile(String name) throws IOException {
        Path file = configuration().store().resolve(relative(name));
        Files.createDirectories(file.getParent());
        Files.write(file, KEY);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        return file;
    }

    private static String relative(String name) {
        return "keys/" + (name.length() > 36 ? name.substring(34, 36) : "00") + "/" + name;
    }

    /// Until the sweepers have certainly looked at everything that is there now: each run gives a lost lease back, so two
    /// of them, one after the other, have a whole run in between.
    private void sweepTwice() {
        for (int i = 0; i < 2; i++) {
            Wanted marker = wanted();
            claimed(agent(), marker);
            execute("update evaluation_key set lease_until = now() - interval '1 second' where id = ?", marker.id());
            await(() -> get(marker).state() == EvaluationKeyState.REQUESTED);
        }
        Upload marker = uploaded();
        execute("delete from upload where id = ?", marker.id());
        await(() -> !isStaged(marker));
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("it did not happen in time");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
