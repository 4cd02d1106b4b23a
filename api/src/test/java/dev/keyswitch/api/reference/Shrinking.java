package dev.keyswitch.api.reference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Takes steps out of a sequence that fails, as long as it still does: halves first, single ones in the end. Not for ever.
final class Shrinking {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Predicate<List<Step>> fails;
    private final long end = System.nanoTime() + LONGEST.toNanos();

    Shrinking(Predicate<List<Step>> fails) {
        this.fails = fails;
    }

    List<Step> shortest(List<Step> failing) {
        List<Step> steps = failing;
        for (int size = steps.size() / 2; size > 1; size /= 2) {
            steps = without(steps, size);
        }
        for (int before = Integer.MAX_VALUE; steps.size() < before && isTime(); ) {
            before = steps.size();
            steps = without(steps, 1);
        }
        return steps;
    }

    private List<Step> without(List<Step> failing, int size) {
        List<Step> steps = failing;
        for (int from = steps.size() - size; from >= 0 && isTime(); from -= size) {
            List<Step> shorter = new ArrayList<>(steps);
            shorter.subList(from, Math.min(from + size, shorter.size())).clear();
            if (fails.test(shorter)) {
                steps = shorter;
            }
        }
        return steps;
    }

    private boolean isTime() {
        return System.nanoTime() < end;
    }
}
