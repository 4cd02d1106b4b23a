package dev.keyswitch.standalone.bench;

import dev.keyswitch.keygen.EncryptionParameters;
import dev.keyswitch.keygen.EvaluationKeyGenerator;
import dev.keyswitch.keygen.EvaluationKeyLayout;
import dev.keyswitch.keygen.GenerationStage;
import dev.keyswitch.keygen.KeyForm;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.ProgressListener;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.standalone.bench.FormResult.Timing;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes keys by turns with one thread and with SEAL, and then by turns with one thread and with two, so that whatever else the machine does meets both.
/// Two threads make SEAL's whole default set: a few keys are made before a second thread is awake.
final class KeygenMeasurement {
    private static final double NANOS_PER_MS = 1e6;

    private final BenchProfile profile;
    private final @Nullable SealPeer peer;
    private final EvaluationKeyGenerator one = new EvaluationKeyGenerator(1);
    private final EvaluationKeyGenerator two = new EvaluationKeyGenerator(2);

    KeygenMeasurement(BenchProfile profile, @Nullable SealPeer peer) {
        this.profile = profile;
        this.peer = peer;
    }

    List<FormResult> run(Duration time) throws IOException {
        EncryptionParameters parameters = profile.parameters();
        if (peer != null) {
            peer.setUp(profile);
        }
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), parameters)) {
            List<Runs> runs = new ArrayList<>();
            for (KeyForm form : KeyForm.values()) {
                runs.add(new Runs(secretKey, profile.keyProfile(parameters, form), profile.wholeSet(parameters, form)));
            }
            repeat(time.dividedBy(2), runs, Runs::next);
            repeat(time.dividedBy(2), runs, Runs::nextWholeSet);
            return runs.stream().map(Runs::result).toList();
        }
    }

    @FunctionalInterface
    private interface Turn {
        void take(Runs form) throws IOException;
    }

    /// Once at least.
    private static void repeat(Duration time, List<Runs> forms, Turn turn) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        do {
            for (Runs form : forms) {
                turn.take(form);
            }
        } while (System.nanoTime() < end);
    }

    private final class Runs {
        private final SecretKey secretKey;
        private final KeyProfile keyProfile;
        private final KeyProfile wholeSet;
        private final List<Double> oneThread = new ArrayList<>();
        private final List<Double> wholeSetOneThread = new ArrayList<>();
        private final List<Double> twoThreads = new ArrayList<>();
        private final List<Double> seal = new ArrayList<>();
        private final Map<GenerationStage, Long> stages = new EnumMap<>(GenerationStage.class);

        Runs(SecretKey secretKey, KeyProfile keyProfile, KeyProfile wholeSet) {
            this.secretKey = secretKey;
            this.keyProfile = keyProfile;
            this.wholeSet = wholeSet;
        }

        void next() throws IOException {
            if (peer != null) {
                seal.add(peer.generate(keyProfile.form()));
            }
            oneThread.add(milliseconds(one, keyProfile));
            one.generateMeasured(secretKey, keyProfile, OutputStream.nullOutputStream())
                    .forEach((stage, nanos) -> stages.merge(stage, nanos, Long::sum));
        }

        void nextWholeSet() throws IOException {
            wholeSetOneThread.add(milliseconds(one, wholeSet));
            twoThreads.add(milliseconds(two, wholeSet));
        }

        private double milliseconds(EvaluationKeyGenerator generator, KeyProfile keys) throws IOException {
            long start = System.nanoTime();
            generator.generate(secretKey, keys, OutputStream.nullOutputStream(), ProgressListener.NONE);
            return (System.nanoTime() - start) / NANOS_PER_MS;
        }

        FormResult result() {
            EvaluationKeyLayout layout = keyProfile.layout();
            int wholeSetKeys = wholeSet.layout().keySwitchingKeys();
            double seconds = Collections.min(oneThread) / 1e3;
            return new FormResult(
                    profile,
                    keyProfile.form(),
                    Timing.of(oneThread, profile.keys()),
                    Timing.of(wholeSetOneThread, wholeSetKeys),
                    Timing.of(twoThreads, wholeSetKeys),
                    seal.isEmpty() ? null : Timing.of(seal, profile.keys()),
                    layout.components() / seconds,
                    layout.sizeBytes() / seconds / 1e6,
                    shares());
        }

        private Map<GenerationStage, Double> shares() {
            double total = stages.values().stream().mapToLong(nanos -> nanos).sum();
            Map<GenerationStage, Double> shares = new EnumMap<>(GenerationStage.class);
            stages.forEach((stage, nanos) -> shares.put(stage, nanos / total));
            return shares;
        }
    }
}
