package dev.keyswitch.standalone.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.keygen.GenerationStage;
import dev.keyswitch.sdk.Json;
import dev.keyswitch.standalone.bench.FormResult.Timing;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The results, as a table or as one JSON document.
///
/// @param vectors whether vector instructions were used
/// @param missingPeer why there is nothing to compare with; null if there is
/// @param cold empty if it was not asked for
record KeygenReport(boolean vectors, @Nullable String missingPeer, List<FormResult> results, List<ColdStart.Result> cold) {

    void table(PrintWriter out) {
        out.println(vectors ? "with 512-bit vector instructions" : "in plain Java, without vector instructions");
        if (missingPeer != null) {
            out.println("no comparison with node-seal: " + missingPeer);
        }
        out.println();
        out.println("profile      form    ms/key  median  node-seal  ratio  2 threads  components/s   MB/s"
                + "  sampling  expansion  multiplication  transform  writing");
        for (FormResult result : results) {
            out.println(row(result));
        }
        out.println();
        out.println("ms/key, node-seal, ratio and 2 threads (times as fast as one, with SEAL's whole default set of keys) are the best of runs by turns;"
                + " shares are of one thread.");
        for (ColdStart.Result start : cold) {
            out.printf(
                    Locale.ROOT,
                    "first keys of a fresh process, %s seeded, median of %d: %.0f ms in plain Java, %.0f ms with vectors (%.2f times)%n",
                    start.profile(),
                    start.runs(),
                    start.plainJavaMs(),
                    start.vectorsMs(),
                    start.ratio());
        }
        out.flush();
    }

    String json() {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("vectors", vectors);
        document.put("missingPeer", missingPeer);
        ArrayNode rows = document.putArray("results");
        results.forEach(result -> fill(rows.addObject(), result));
        ArrayNode starts = document.putArray("coldStarts");
        for (ColdStart.Result start : cold) {
            starts.addObject()
                    .put("profile", start.profile().toString())
                    .put("runs", start.runs())
                    .put("plainJavaMs", start.plainJavaMs())
                    .put("vectorsMs", start.vectorsMs())
                    .put("ratio", start.ratio());
        }
        return document.toPrettyString();
    }

    private static String row(FormResult result) {
        Timing seal = result.seal();
        Double ratio = result.ratio();
        return String.format(
                Locale.ROOT,
                "%-12s %-6s %7.3f %7.3f %10s %6s %10.2f %13.0f %6.0f %8.0f%% %9.0f%% %14.0f%% %9.0f%% %7.0f%%",
                result.profile(),
                result.form().name().toLowerCase(Locale.ROOT),
                result.oneThread().bestMs(),
                result.oneThread().medianMs(),
                seal == null ? "-" : String.format(Locale.ROOT, "%.3f", seal.bestMs()),
                ratio == null ? "-" : String.format(Locale.ROOT, "%.1f", ratio),
                result.scaling(),
                result.componentsPerSecond(),
                result.megabytesPerSecond(),
                percent(result, GenerationStage.SAMPLING),
                percent(result, GenerationStage.EXPANSION),
                percent(result, GenerationStage.MULTIPLICATION),
                percent(result, GenerationStage.TRANSFORM),
                percent(result, GenerationStage.WRITING));
    }

    private static double percent(FormResult result, GenerationStage stage) {
        return 100 * result.shares().getOrDefault(stage, 0.0);
    }

    private static void fill(ObjectNode node, FormResult result) {
        node.put("profile", result.profile().toString());
        node.put("form", result.form().name());
        timing(node.putObject("oneThread"), result.oneThread());
        timing(node.putObject("wholeSet"), result.wholeSet());
        timing(node.putObject("twoThreads"), result.twoThreads());
        Timing seal = result.seal();
        if (seal != null) {
            timing(node.putObject("nodeSeal"), seal);
            node.put("ratio", result.ratio());
        }
        node.put("scaling", result.scaling());
        node.put("componentsPerSecond", result.componentsPerSecond());
        node.put("megabytesPerSecond", result.megabytesPerSecond());
        ObjectNode shares = node.putObject("shares");
        result.shares().forEach((stage, share) -> shares.put(stage.name(), share));
    }

    private static void timing(ObjectNode node, Timing timing) {
        node.put("bestMsPerKey", timing.bestMs());
        node.put("medianMsPerKey", timing.medianMs());
    }
}
