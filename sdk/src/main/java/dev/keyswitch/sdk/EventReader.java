package dev.keyswitch.sdk;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Reads the blocks of a `text/event-stream`. For one thread.
final class EventReader {
    private final LineReader lines;

    EventReader(InputStream body) {
        this.lines = new LineReader(body);
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
            String line = lines.next();
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
}
