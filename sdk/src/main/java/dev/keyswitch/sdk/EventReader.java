package dev.keyswitch.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the blocks of a `text/event-stream`. For one thread.
final class EventReader {
    private static final int LONGEST_LINE = 1 << 20;

    private final BufferedReader lines;

    EventReader(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /// @param id null if the block has none
    /// @param data null if the block is no event, but a heartbeat
    record Block(@Nullable String id, @Nullable String data) {}

    /// @return null at the end; a block that was cut off is no block
    @Nullable
    Block next() throws IOException {
        String id = null;
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = line();
            if (line == null) {
                return null;
            }
            if (line.isEmpty()) {
                return new Block(id, data.isEmpty() ? null : data.toString());
            }
            if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line.substring(5).strip());
            }
        }
    }

    /// A server that never ends a line must not fill the memory.
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = lines.read(); c != '\n'; c = lines.read()) {
            if (c < 0) {
                return null;
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of the event stream is longer than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
