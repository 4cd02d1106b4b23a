package dev.keyswitch.standalone.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.sdk.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/// Tells the CLI of this user where the running system is; the latest start wins. Holds addresses and paths, no secret.
final class RunningFile {

    private final Path file;
    private final long pid = ProcessHandle.current().pid();

    /// @param environment `KEYSWITCH_HOME` overrides `~/.keyswitch`
    RunningFile(Map<String, String> environment) {
        this.file = home(environment).resolve("running.json");
    }

    static Path home(Map<String, String> environment) {
        String home = environment.get("KEYSWITCH_HOME");
        return home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".keyswitch")
                : Path.of(home).toAbsolutePath();
    }

    void write(LocalSystem system) throws IOException {
        ObjectNode facts = Json.mapper()
                .createObjectNode()
                .put("pid", pid)
                .put("api", system.api().toString())
                .put("console", system.console().toString())
                .put("data", system.data().root().toString());
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = file.resolveSibling("running." + pid);
        Files.deleteIfExists(fresh);
        try (var channel = Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(Json.mapper().writeValueAsBytes(facts)));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Removes the file unless another system has written it since.
    void remove() throws IOException {
        if (Files.exists(file)
                && Json.mapper().readTree(Files.readAllBytes(file)).path("pid").asLong() == pid) {
            Files.delete(file);
        }
    }
}
