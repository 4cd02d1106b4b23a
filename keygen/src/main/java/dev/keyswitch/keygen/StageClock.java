package dev.keyswitch.keygen;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up the time between one stage's beginning and the next one's. Not thread-safe, except for [#STOPPED], which measures nothing.
final class StageClock {
    static final StageClock STOPPED = new StageClock(false);

    private final boolean running;
    private final Map<GenerationStage, Long> nanos = new EnumMap<>(GenerationStage.class);
    private @Nullable GenerationStage stage;
    private long since;

    private StageClock(boolean running) {
        this.running = running;
    }

    static StageClock running() {
        return new StageClock(true);
    }

    void enter(GenerationStage next) {
        if (running && next != stage) {
            change(next);
        }
    }

    Map<GenerationStage, Long> nanos() {
        change(null);
        return nanos;
    }

    private void change(@Nullable GenerationStage next) {
        long now = System.nanoTime();
        if (stage != null) {
            nanos.merge(stage, now - since, Long::sum);
        }
        stage = next;
        since = now;
    }
}
