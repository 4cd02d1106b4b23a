package dev.keyswitch.cli;

import dev.keyswitch.sdk.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Keyswitch that `keyswitch up` runs on this machine, as it wrote it down in `running.json`.
///
/// @param pid its process; when that has ended, the file is stale and its port may be anybody's
/// @param data its data folder
record RunningSystem(long pid, URI api, @Nullable URI console, Path data) {
    /// Empty if there is none, or none any more.
    static Optional<RunningSystem> find(Terminal terminal) {
        Path file = home(terminal).resolve("running.json");
        try {
            RunningSystem written = Json.mapper().readValue(Files.readAllBytes(file), RunningSystem.class);
            return Optional.of(written).filter(RunningSystem::isAlive);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw CommandException.usage("The file " + file + " cannot be read; remove it, or set KEYSWITCH_URL.");
        }
    }

    Path ownerCredential() {
        return data.resolve("owner.credential");
    }

    Path rootKey() {
        return data.resolve("holder").resolve("root.key");
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Path home(Terminal terminal) {
        return terminal.setting("KEYSWITCH_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".keyswitch"));
    }
}
