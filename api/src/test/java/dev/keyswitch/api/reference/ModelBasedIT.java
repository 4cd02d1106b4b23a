package dev.keyswitch.api.reference;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Invariants;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.account.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
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

    private static final long STEPS = Long.getLong("keyswitch.reference.steps", 4_000);
    private static final long SEED = Long.getLong("keyswitch.reference.seed", System.nanoTime());
    private static final int LENGTH = 60;
    private static final int CALLERS = 4;
    private static final long MEETINGS = Long.getLong("keyswitch.reference.meetings", 300);
    private static final int AT_ONCE = 3;
    private static final Map<String, String> SETTINGS = Map.of(
            "keyswitch.token-job.every", "10ms",
            "keyswitch.token.sweep-every", "20ms",
            "keyswitch.evaluation-key.leases-every", "24h",
            "keyswitch.evaluation-key.sweep-every", "24h",
            "keyswitch.evaluation-key.lease", "24h",
            "keyswitch.rate-limit.per-second", "1000000",
            "keyswitch.rate-limit.burst", "1000000");

    private final List<UUID> holders = new ArrayList<>();

    /// @param steps that fail, in the end
    private record Failure(long seed, List<Step> steps, String difference) {}

    @Override
    protected Map<String, String> settings() {
        return SETTINGS;
    }

    @BeforeAll
    void setUpHolders() {
        holders.add(owner().get("/v1/account").as(200, Account.class).defaultHolderId());
        holders.add(Samples.holder(owner(), "another").id());
        for (int i = 0; i < holders.size(); i++) {
            execute("update holder set root_fingerprint = ? where id = ?", Calls.FINGERPRINTS.get(i), holders.get(i));
        }
    }

    /// Each caller has tokens and models of its own, so what comes out of every step is known.
    @Test
    void doesWhatTheRulesSay() throws Exception {
        System.out.println("sequences with keyswitch.reference.seed=" + SEED + ", steps " + STEPS);
        AtomicInteger sequence = new AtomicInteger();
        AtomicLong played = new AtomicLong();
        AtomicReference<Failure> failure = new AtomicReference<>();
        long began = System.nanoTime();

        inParallel(() -> {
            try (Rows rows = new Rows(database(), holders)) {
                while (played.get() < STEPS && failure.get() == null) {
                    long seed = SEED + sequence.getAndIncrement();
                    List<Step> steps = Steps.random(new Random(seed), LENGTH);
                    Player player = player(rows);
                    player.play(steps).ifPresent(difference -> failure.compareAndSet(null, new Failure(seed, steps, difference)));
                    played.addAndGet(player.played());
                }
            }
            return null;
        });

        System.out.printf("%d steps in %d sequences, %d s%n", played.get(), sequence.get(), (System.nanoTime() - began) / 1_000_000_000);
        Failure first = failure.get();
        if (first != null) {
            Assertions.fail(shortened(first));
        }
        Assertions.assertThat(new Invariants(this::database).violations()).isEmpty();
    }

    /// Several callers on the same tokens: whatever the order in which their calls came to be done, it is one that the rules allow.
    @Test
    void doesOneThingAfterTheOtherWhenCallersMeet() throws Exception {
        Random random = new Random(SEED);
        int met = 0;
        try (Rows rows = new Rows(database(), holders);
                ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            while (met < MEETINGS) {
                Calls calls = new Calls(owner(), rows, holders);
                Player first = new Player(calls, rows, holders);
                Assertions.assertThat(first.play(Steps.random(random, 0))).isEmpty();
                Meeting meeting = new Meeting(calls, rows, holders, first.reference());
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
        return new Player(new Calls(owner(), rows, holders), rows, holders);
    }

    private String shortened(Failure failure) {
        try (Rows rows = new Rows(database(), holders)) {
            List<Step> steps = new Shrinking(candidate -> played(rows, candidate).isPresent()).shortest(failure.steps());
            Optional<String> difference = played(rows, steps);
            StringBuilder text = new StringBuilder("seed " + failure.seed() + ": these steps are enough\n");
            steps.forEach(step -> text.append("  ").append(step).append('\n'));
            return text + difference.orElse("(not every time; at first: " + failure.difference() + ")");
        }
    }

    private Optional<String> played(Rows rows, List<Step> steps) {
        try {
            return player(rows).play(steps);
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
