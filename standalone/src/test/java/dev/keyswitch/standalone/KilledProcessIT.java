package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the whole process at the worst moments: what was acknowledged is there after a restart, and complete.
class KilledProcessIT {

    /// A dead worker is noticed after the lease; a minute of it would only make the test long.
    private static final Map<String, String> SHORT_LEASES = Map.of(
            "keyswitch.evaluation-key.lease", "5s",
            "keyswitch.evaluation-key.announce-after", "5s",
            "keyswitch.evaluation-key.sweep-every", "1s",
            "keyswitch.evaluation-key.tidy-every", "1s");

    private static final int TOKENS = 40;
    private static final int MOST_KILLS = 5;

    @TempDir
    Path folder;

    @Test
    void losesNoEventWhenKilledBetweenCommitAndKafka() throws Exception {
        List<Token> tokens = new ArrayList<>();
        int acknowledged = 0;
        long waiting = 0;
        // The relay is quick: now and then everything is published when the kill comes. Then that kill proved nothing.
        for (int kill = 1; kill <= MOST_KILLS && waiting == 0; kill++) {
            try (UpProcess up = UpProcess.start(folder, SHORT_LEASES);
                    KeyswitchClient owner = up.owner()) {
                Model model = Workload.smallModel(owner, "Small " + kill);
                List<Token> fresh = new ArrayList<>();
                for (int i = 0; i < TOKENS; i++) {
                    fresh.add(Workload.token(owner, "Token " + kill + "." + i));
                }
                tokens.addAll(fresh);

                assignAllAndKillAfter(TOKENS / 2, up, owner, fresh, model);
                acknowledged += TOKENS / 2;
                waiting = unpublishedEvents(up.data());
            }
        }
        assertThat(waiting).as("events committed but not published at the kill").isPositive();

        try (UpProcess up = UpProcess.start(folder, SHORT_LEASES);
                KeyswitchClient owner = up.owner()) {
            int assigned = 0;
            for (Token token : tokens) {
                if (owner.tokens().get(token.id()).modelId() != null) {
                    assigned++;
                    Workload.assertKeyInForce(owner, token.id());
                }
            }
            assertThat(assigned).isGreaterThanOrEqualTo(acknowledged);
            awaitAllPublished(up.data());
        }
    }

    @Test
    void keepsNoHalfWrittenBytesWhenKilledInTheMiddleOfAnUpload() throws Exception {
        Token token;
        try (UpProcess up = UpProcess.start(folder, SHORT_LEASES);
                KeyswitchClient owner = up.owner()) {
            Model model = Workload.largeModel(owner, "Large");
            token = Workload.token(owner, "Token");
            owner.tokens().assign(token.id(), model.id());
            awaitBytes(up.data());
            up.kill();
            assertThat(bytesStored(up.data())).isPositive();
        }

        try (UpProcess up = UpProcess.start(folder, SHORT_LEASES);
                KeyswitchClient owner = up.owner()) {
            assertThat(owner.tokens().get(token.id()).evaluationKey().state()).isNotEqualTo(EvaluationKeyState.READY);

            Workload.assertKeyInForce(owner, token.id());

            var key = owner.tokens().get(token.id()).evaluationKey();
            assertThat(key.attempt()).isGreaterThanOrEqualTo(2);
            awaitOneFile(up.data());
            assertThat(bytesStored(up.data())).isEqualTo(key.sizeBytes());
        }
    }

    private static void assignAllAndKillAfter(
            int acknowledged, UpProcess up, KeyswitchClient owner, List<Token> tokens, Model model)
            throws InterruptedException {
        AtomicInteger assigned = new AtomicInteger();
        try (var callers = Executors.newFixedThreadPool(8)) {
            for (Token token : tokens) {
                callers.execute(() -> {
                    owner.tokens().assign(token.id(), model.id());
                    assigned.incrementAndGet();
                });
            }
            while (assigned.get() < acknowledged) {
                Thread.onSpinWait();
            }
            up.kill();
            callers.shutdownNow();
        }
    }

    /// Reads the database that the killed process left behind.
    private static long unpublishedEvents(Path data) throws IOException, SQLException {
        List<String> pidFile = Files.readAllLines(data.resolve("postgresql/data/postmaster.pid"));
        String password = Files.readString(data.resolve("postgresql/password")).strip();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + pidFile.get(3).strip() + "/keyswitch", "postgres", password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from outbox where published_at is null")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void awaitAllPublished(Path data) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (unpublishedEvents(data) > 0) {
            assertThat(System.nanoTime()).as("every event must reach Kafka").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void awaitBytes(Path data) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (bytesStored(data) == 0) {
            assertThat(System.nanoTime()).as("bytes of the upload must appear").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// What the first attempt left is deleted by the next sweep.
    private static void awaitOneFile(Path data) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (storedFiles(data).size() != 1) {
            assertThat(System.nanoTime()).as("only one may stay: " + storedFiles(data)).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static long bytesStored(Path data) throws IOException {
        long sum = 0;
        for (Path file : storedFiles(data)) {
            sum += Files.size(file);
        }
        return sum;
    }

    private static Set<Path> storedFiles(Path data) throws IOException {
        Path store = data.resolve("evaluation-keys");
        if (!Files.exists(store)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("uploads.lock"))
                    .collect(Collectors.toSet());
        }
    }
}
