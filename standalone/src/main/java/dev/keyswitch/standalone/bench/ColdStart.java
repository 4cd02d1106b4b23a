package dev.keyswitch.standalone.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the first keys of a fresh process cost, by turns in processes that know vector instructions and in such that do not.
final class ColdStart {

    /// Medians, in milliseconds for all keys of the profile.
    ///
    /// @param vectorsMs begins in plain Java while the vector code is compiled in the background
    record Result(BenchProfile profile, int runs, double plainJavaMs, double vectorsMs) {
        double ratio() {
            return vectorsMs / plainJavaMs;
        }
    }

    private ColdStart() {}

    static Result measure(BenchProfile profile, int runs) throws IOException {
        List<Double> plainJava = new ArrayList<>();
        List<Double> vectors = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            plainJava.add(firstKey(profile, List.of()));
            vectors.add(firstKey(profile, List.of("--add-modules", "jdk.incubator.vector")));
        }
        return new Result(profile, runs, median(plainJava), median(vectors));
    }

    private static double firstKey(BenchProfile profile, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx512m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), FirstKey.class.getName(), profile.toString()));
        Process process = new ProcessBuilder(command).start();
        CompletableFuture<String> complaints = CompletableFuture.supplyAsync(() -> text(process.errorReader(StandardCharsets.UTF_8).lines().toList()));
        String answer = text(process.inputReader(StandardCharsets.UTF_8).lines().toList());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("a process that should make one key failed: " + complaints.join());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a process made its first key", e);
        }
        return Double.parseDouble(answer);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
