package dev.keyswitch.api.reference;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Invariants;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Random sequences of calls, compared with the rules. `-Dkeyswitch.reference.steps=…` makes more of them,
/// `-Dkeyswitch.reference.meetings=…` more of those of several callers, `-Dkeyswitch.reference.seed=…` the same again.
class ModelBasedIT extends ApiIT {

    private static final long STEPS = Long.getLong("keyswitch.reference.steps", 20_000);
    private static final long SEED = Long.getLong("keyswitch.reference.seed", System.nanoTime());
    private static final int LENGTH = 60;
    private static final int CALLERS = 4;
    private static final long MEETINGS = Long.getLong("keyswitch.reference.meetings", 300);
    private static final int AT_ONCE = 3;
    private static final int ENOUGH_FOR_ALL = 20_000;
    /// What must have been tried to call it a proof: above all an attempt that was overtaken and comes back, whatever it does.
    private static final String[] ENDS = {
        "Progress attempt-outdated", "Fail attempt-outdated", "Release attempt-outdated", "Upload attempt-outdated", "Append attempt-outdated",
        "Complete attempt-outdated", "Finish attempt-outdated", "Complete generation-outdated", "Complete 200", "Retry 200", "RotateRootKey 200", "Line CREATE 201",
        "Line REASSIGN 200", "Line RESUME conflict", "Line DELETE 204", "Preview of Assign 200", "Preview of Claim 200", "Preview of Create 200"
    };
    private static final Map<String, String> SETTINGS = Map.of(
            "keyswitch.token-job.every", "20ms",
            "keyswitch.token.sweep-every", "200ms",
            "keyswitch.evaluation-key.leases-every", "50ms",
            "keyswitch.evaluation-key.sweep-every", "24h",
            "keyswitch.evaluation-key.lease", "24h",
            "keyswitch.bulk.at-once", "16",
            "keyswitch.rate-limit.per-second", "1000000",
            "keyswitch.rate-limit.burst", "1000000");

    private final Tally tally = new Tally();

    /// @param steps that fail, in the end
    private record Failure(long seed, List<Step> steps, String difference) {}

    @Override
    protected Map<String, String> settings() {
        return SETTINGS;
    }

    /// The API never asks by this; [Rows] does, again and again.
    @BeforeAll
    void indexEventsByTheirSubject() {
        execute("create index if not exists outbox_by_record_key on outbox (record_key)");
    }

    /// Each caller has tokens, models and key holders of its own, so what comes out of every step is known.
    @Test
    void doesWhatTheRulesSay() throws Exception {
        System.out.println("sequences with keyswitch.reference.seed=" + SEED + ", steps " + STEPS);
        AtomicInteger sequence = new AtomicInteger();
        AtomicLong played = new AtomicLong();
        AtomicReference<Failure> failure = new AtomicReference<>();
        long began = System.nanoTime();

        inParallel(() -> {
            try (Connection database = database()) {
                Rows rows = new Rows(database);
                while (played.get() < STEPS && failure.get() == null) {
                    long seed = SEED + sequence.getAndIncrement();
                    List<Step> steps = Steps.random(new Random(seed), LENGTH);
                    Player player = player(rows);
                    played(player, steps).ifPresent(difference -> failure.compareAndSet(null, new Failure(seed, steps, difference)));
                    played.addAndGet(player.played());
                }
            }
            return null;
        });

        System.out.printf("%d steps in %d sequences, %d s%n", played.get(), sequence.get(), (System.nanoTime() - began) / 1_000_000_000);
        Failure first = failure.get();
        if (first != null) {
            System.out.println("seed " + first.seed() + ": " + first.difference() + "\nlooking for fewer steps");
            Assertions.fail(shortened(first));
        }
        System.out.println("steps and their ends: " + tally.counts());
        Assertions.assertThat(new Invariants(this::database).violations()).isEmpty();
        if (STEPS >= ENOUGH_FOR_ALL) {
            Assertions.assertThat(tally.counts()).as("chance has come there").containsKeys(ENDS);
        }
    }

    /// Several callers on the same tokens: whatever the order in which their calls came to be done, it is one that the rules allow.
    @Test
    void doesOneThingAfterTheOtherWhenCallersMeet() throws Exception {
        Random random = new Random(SEED);
        int met = 0;
        try (Connection database = database();
                ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            Rows rows = new Rows(database);
            while (met < MEETINGS) {
                Calls calls = new Calls(owner(), rows);
                Player first = new Player(calls, rows, tally);
                Assertions.assertThat(first.play(Steps.random(random, 0))).isEmpty();
                Meeting meeting = new Meeting(calls, rows, first.reference());
                for (int i = 0; i < LENGTH; i++, met++) {
                    Optional<String> unexplained = meeting.of(Steps.atOnce(random, AT_ONCE), callers);
                    Assertions.assertThat(unexplained).as("seed " + SEED + ", meeting " + met).isEmpty();
                }
            }
        }
        System.out.println(met + " meetings of " + AT_ONCE + " callers");
        Assertions.assertThat(new Invariants(this::database).violations()).isEmpty();
    }

    private Player player(Rows rows) {
        return new Player(new Calls(owner(), rows), rows, tally);
    }

    private String shortened(Failure failure) throws SQLException {
        try (Connection database = database()) {
            Rows rows = new Rows(database);
            List<Step> steps = new Shrinking(candidate -> played(player(rows), candidate).isPresent()).shortest(failure.steps());
            Optional<String> difference = played(player(rows), steps);
            StringBuilder text = new StringBuilder("seed " + failure.seed() + ": these steps are enough\n");
            steps.forEach(step -> text.append("  ").append(step).append('\n'));
            return text + difference.orElse("(not every time; at first: " + failure.difference() + ")");
        }
    }

    /// What the API has not made, the reference cannot find there.
    private static Optional<String> played(Player player, List<Step> steps) {
        try {
            return player.play(steps);
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(e.toString());
        }
    }

    private static void inParallel(Callable<Void> work) throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(work);
            }
            for (Future<Void> done : callers.invokeAll(all)) {
                done.get();
            }
        }
    }
}
