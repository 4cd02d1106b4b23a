package dev.keyswitch.standalone.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the process logs: a file of the data folder; the terminal is for people.
public final class Logs {

    private Logs() {}

    /// Must be called before anything logs. Choosing a file twice in one process has no effect.
    public static void writeTo(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        System.setProperty("keyswitch.log", file.toString());
        System.setProperty("logback.configurationFile", "standalone/logback.xml");
    }
}
