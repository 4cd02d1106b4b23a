package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The noise of the components that are being made, drawn once for all rows of a component, which may be made on several threads. Cleared with a component's last
/// row, and at the latest when closed, after all threads. Thread-safe.
final class SharedNoise implements AutoCloseable {
    private final int degree;
    private final int rows;
    private final Map<Integer, OfComponent> present = new ConcurrentHashMap<>();

    /// @param rows of each component
    SharedNoise(int degree, int rows) {
        this.degree = degree;
        this.rows = rows;
    }

    /// Whoever needs it first draws it; others wait for that.
    CoefficientPoly of(int component, Consumer<CoefficientPoly> draw) {
        return present.computeIfAbsent(component, _ -> new OfComponent(degree, rows)).drawn(draw);
    }

    /// Once for each row.
    void rowMade(int component) {
        present.computeIfPresent(component, (_, noise) -> noise.isNeededAfterRow() ? noise : null);
    }

    @Override
    public void close() {
        present.values().forEach(noise -> noise.poly.clear());
    }

    private static final class OfComponent {
        private final CoefficientPoly poly;
        private boolean drawn;
        private int rowsToCome;

        OfComponent(int degree, int rows) {
            poly = new CoefficientPoly(degree);
            rowsToCome = rows;
        }

        synchronized CoefficientPoly drawn(Consumer<CoefficientPoly> draw) {
            if (!drawn) {
                draw.accept(poly);
                drawn = true;
            }
            return poly;
        }

        synchronized boolean isNeededAfterRow() {
            rowsToCome--;
            if (rowsToCome == 0) {
                poly.clear();
            }
            return rowsToCome > 0;
        }
    }
}
