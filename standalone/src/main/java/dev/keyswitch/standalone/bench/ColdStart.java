package dev.keyswitch.standalone.bench;

import dev.keyswitch.standalone.bench.FormResult.Timing;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        return new Result(profile, runs, Timing.of(plainJava, 1).medianMs(), Timing.of(vectors, 1).medianMs());
    }

    private static double firstKey(BenchProfile profile, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx512m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), FirstKey.class.getName(), profile.toString()));
        Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        try (BufferedReader answer = process.inputReader(StandardCharsets.UTF_8)) {
            String milliseconds = answer.readLine();
            if (process.waitFor() != 0 || milliseconds == null) {
                throw new IOException("a process that should make its first keys failed");
            }
            return Double.parseDouble(milliseconds);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a process made its first keys", e);
        }
    }
}
