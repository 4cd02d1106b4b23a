package dev.keyswitch.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.sdk.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened, step by step: printed as it happens, or kept for one JSON document.
final class DemoReport {

    /// A step that did not hold.
    static final class StepFailedException extends Exception {
        StepFailedException(String sentence) {
            super(sentence);
        }
    }

    /// What one step does; it puts what it saw into `facts`.
    interface Work<T> {
        T run(Map<String, Object> facts) throws Exception;
    }

    private record Step(String title, boolean held, double seconds, Map<String, Object> facts) {}

    private final PrintWriter out;
    private final boolean asJson;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    DemoReport(PrintWriter out, boolean asJson) {
        this.out = out;
        this.asJson = asJson;
    }

    /// Does the step and tells of it.
    ///
    /// @throws StepFailedException if it did not hold; told by then
    <T> T step(String title, Work<T> work) throws StepFailedException {
        Map<String, Object> facts = new LinkedHashMap<>();
        long begin = System.nanoTime();
        try {
            T result = work.run(facts);
            tell(new Step(title, true, secondsSince(begin), facts));
            return result;
        } catch (Exception e) {
            facts.put("failure", String.valueOf(e.getMessage()));
            tell(new Step(title, false, secondsSince(begin), facts));
            throw new StepFailedException(title + ": " + e.getMessage());
        }
    }

    /// A step that was timed elsewhere.
    void told(String title, Duration took, Map<String, Object> facts) {
        tell(new Step(title, true, seconds(took), facts));
    }

    void figure(String name, Object value) {
        figures.put(name, value);
    }

    static void require(boolean holds, String sentence) throws StepFailedException {
        if (!holds) {
            throw new StepFailedException(sentence);
        }
    }

    static double seconds(Duration duration) {
        return Math.round(duration.toNanos() / 1e6) / 1e3;
    }

    private static double secondsSince(long begin) {
        return seconds(Duration.ofNanos(System.nanoTime() - begin));
    }

    private void tell(Step step) {
        steps.add(step);
        if (asJson) {
            return;
        }
        out.printf(Locale.ROOT, "%s %2d  %-72s %8.3f s%n", step.held ? "✓" : "✗", steps.size(), step.title, step.seconds);
        step.facts.forEach((name, value) -> out.printf(Locale.ROOT, "        %-24s %s%n", name, value));
        out.flush();
    }

    /// @param failure null if every step held
    void finish(@Nullable String failure) {
        if (asJson) {
            out.println(json(failure).toPrettyString());
        } else {
            out.println();
            if (failure == null) {
                out.printf("Every step held. Figures:%n");
                figures.forEach((name, value) -> out.printf(Locale.ROOT, "        %-44s %s%n", name, value));
            } else {
                out.printf("A step did not hold. %s%n", failure);
            }
        }
        out.flush();
    }

    private ObjectNode json(@Nullable String failure) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("ok", failure == null);
        if (failure != null) {
            document.put("failure", failure);
        }
        ArrayNode list = document.putArray("steps");
        for (Step step : steps) {
            ObjectNode node = list.addObject();
            node.put("title", step.title).put("held", step.held).put("seconds", step.seconds);
            node.set("facts", Json.mapper().valueToTree(step.facts));
        }
        document.set("figures", Json.mapper().valueToTree(figures));
        return document;
    }
}
