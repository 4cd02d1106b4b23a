package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/// The noise of the components that are being made, drawn once for all rows of a component, which may be made on several threads. Cleared with a component's last
/// row, and at the latest when closed, after all threads. Thread-safe.
final class SharedNoise implements AutoCloseable {
    private final int degree;
    private final int rows;
    private final Map<Integer, OfComponent> present = new ConcurrentHashMap<>();
    private final Deque<OfComponent> spare = new ConcurrentLinkedDeque<>();

    /// @param rows of each component
    SharedNoise(int degree, int rows) {
        this.degree = degree;
        this.rows = rows;
    }

    /// Whoever needs it first draws it; others wait for that.
    CoefficientPoly of(int component, Consumer<CoefficientPoly> draw) {
        return present.computeIfAbsent(component, _ -> unused()).drawn(draw);
    }

    /// Once for each row.
    void rowMade(int component) {
        present.computeIfPresent(component, (_, noise) -> {
            if (!noise.isUsedUpByRow(rows)) {
                return noise;
            }
            spare.push(noise);
            return null;
        });
    }

    @Override
    public void close() {
        present.values().forEach(OfComponent::clear);
    }

    private OfComponent unused() {
        OfComponent noise = spare.poll();
        return noise == null ? new OfComponent(degree) : noise;
    }

    private static final class OfComponent {
        private final CoefficientPoly poly;
        private boolean drawn;
        private int rowsMade;

        OfComponent(int degree) {
            poly = new CoefficientPoly(degree);
        }

        synchronized CoefficientPoly drawn(Consumer<CoefficientPoly> draw) {
            if (!drawn) {
                draw.accept(poly);
                drawn = true;
            }
            return poly;
        }

        synchronized boolean isUsedUpByRow(int rows) {
            rowsMade++;
            if (rowsMade < rows) {
                return false;
            }
            clear();
            return true;
        }

        void clear() {
            poly.clear();
            drawn = false;
            rowsMade = 0;
        }
    }
}
