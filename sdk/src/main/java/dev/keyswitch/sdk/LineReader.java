package dev.keyswitch.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads lines of an answer while it arrives. For one thread.
final class LineReader {
    private static final int LONGEST_LINE = 1 << 20;

    private final BufferedReader characters;

    LineReader(InputStream body) {
        this.characters = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /// A server that never ends a line must not fill the memory.
    ///
    /// @return null at the end; a line that was cut off is no line
    @Nullable
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = characters.read(); c != '\n'; c = characters.read()) {
            if (c < 0) {
                return null;
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of the answer is longer than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
