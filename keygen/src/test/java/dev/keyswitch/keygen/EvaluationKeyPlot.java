package dev.keyswitch.keygen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Draws size and expected time of evaluation keys over the degree, as an SVG that reads well on light and on dark ground.
///
///     EvaluationKeyPlot FILE
public final class EvaluationKeyPlot {
    private static final int WIDTH = 340;
    private static final int HEIGHT = 260;
    private static final List<Set> SETS = List.of(
            new Set(2048, 27, 27),
            new Set(4096, 36, 36, 37),
            new Set(8192, 60, 40, 40, 60),
            new Set(16384, 60, 40, 40, 40, 40, 40, 40, 60),
            new Set(32768, 60, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 60));

    private EvaluationKeyPlot() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), svg());
    }

    private record Set(int degree, int... bits) {
        KeyEstimate estimate(KeyForm form) {
            EncryptionParameters parameters = EncryptionParameters.of(Scheme.CKKS, degree, Primes.create(degree, bits), 0);
            return KeyEstimate.of(new KeyProfile(parameters, RotationSteps.all(), true, form, SealStamp.V3_7));
        }
    }

    /// One of the two halves: a quantity over the degree, both axes logarithmic.
    private record Panel(String title, int left, double lowest, double highest, List<String> ticks, ToDoubleFunction<KeyEstimate> value) {

        double y(double value) {
            return 40 + HEIGHT * (1 - Math.log(value / lowest) / Math.log(highest / lowest));
        }

        int x(int index) {
            return left + 20 + index * (WIDTH - 40) / (SETS.size() - 1);
        }

        String draw() {
            StringBuilder svg = new StringBuilder(text(left + WIDTH / 2.0, 22, "title", title));
            for (int i = 0; i < ticks.size(); i++) {
                double y = y(lowest * Math.pow(highest / lowest, i / (ticks.size() - 1.0)));
                svg.append(format("<path class=\"grid\" d=\"M%d %.1fh%d\"/>", left, y, WIDTH));
                svg.append(text(left - 8, y + 4, "tick", ticks.get(i)));
            }
            for (int i = 0; i < SETS.size(); i++) {
                svg.append(text(x(i), 60 + HEIGHT, "name", String.valueOf(SETS.get(i).degree())));
            }
            return svg + line(KeyForm.PLAIN) + line(KeyForm.SEEDED);
        }

        private String line(KeyForm form) {
            String name = form.name().toLowerCase(Locale.ROOT);
            StringBuilder path = new StringBuilder();
            StringBuilder dots = new StringBuilder();
            double y = 0;
            for (int i = 0; i < SETS.size(); i++) {
                y = y(value.applyAsDouble(SETS.get(i).estimate(form)));
                path.append(format("%s%d %.1f", i == 0 ? "M" : "L", x(i), y));
                dots.append(format("<circle class=\"%s\" cx=\"%d\" cy=\"%.1f\" r=\"3.5\"/>", name, x(i), y));
            }
            boolean above = (form == KeyForm.PLAIN) == title.startsWith("Size");
            return format("<path class=\"line %s\" d=\"%s\"/>", name, path) + dots
                    + text(x(SETS.size() - 1) + (above ? -28 : 4), y + (above ? -6 : 32), name + " label", name) + "\n";
        }
    }

    static String svg() {
        Panel size = new Panel("Size, with SEAL's default rotations", 70, 1e5, 1e10,
                List.of("100 kB", "1 MB", "10 MB", "100 MB", "1 GB", "10 GB"), KeyEstimate::sizeBytes);
        Panel time = new Panel("Estimated time, one thread, 512-bit vectors", 500, 1e-4, 1e1,
                List.of("0.1 ms", "1 ms", "10 ms", "100 ms", "1 s", "10 s"), estimate -> estimate.generation().toNanos() / 1e9);
        String style = """
                <style>
                text{font:12px system-ui,sans-serif;fill:#333}
                .title{font-size:14px;font-weight:600}
                .title,.name,.label{text-anchor:middle}.tick{text-anchor:end}
                .grid{stroke:#8884;fill:none}.line{fill:none;stroke-width:2}
                path.plain{stroke:#b45309;stroke-dasharray:6 3}circle.plain,text.plain{fill:#b45309}
                path.seeded{stroke:#2563eb}circle.seeded,text.seeded{fill:#2563eb}
                @media (prefers-color-scheme:dark){text{fill:#ddd}path.plain{stroke:#fbbf24}circle.plain,text.plain{fill:#fbbf24}
                path.seeded{stroke:#7aa2ff}circle.seeded,text.seeded{fill:#7aa2ff}}
                </style>
                """;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 350\" role=\"img\">\n"
                + "<title>Size and time of an evaluation key over the degree</title>\n"
                + style
                + Stream.of(size, time).map(Panel::draw).collect(Collectors.joining())
                + text(430, 345, "name", "degree of the ring")
                + "\n</svg>\n";
    }

    private static String text(double x, double y, String type, String content) {
        return format("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", type, x, y, content);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
