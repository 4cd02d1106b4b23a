package dev.keyswitch.standalone.bench;

import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.up.DataFolder;
import dev.keyswitch.standalone.up.Folders;
import dev.keyswitch.standalone.up.LocalSystem;
import dev.keyswitch.standalone.up.Logs;
import dev.keyswitch.standalone.up.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The whole system on free ports, and its owner; in a folder that is gone when it is closed.
record BenchSystem(Path folder, DataFolder data, LocalSystem system, KeyswitchClient owner) implements AutoCloseable {

    static BenchSystem start() throws Exception {
        Path folder = Files.createTempDirectory("keyswitch-bench");
        Logs.writeTo(folder.resolve("log"));
        DataFolder data = DataFolder.open(folder);
        LocalSystem system = LocalSystem.start(data, Ports.ANY);
        KeyswitchClient owner = KeyswitchClient.builder()
                .url(system.api())
                .credential(Files.readString(data.ownerCredential()).strip())
                .build();
        return new BenchSystem(folder, data, system, owner);
    }

    LocalSystem.Inside inside() {
        return system.inside();
    }

    @Override
    public void close() throws IOException {
        try (data;
                system;
                owner) {
            // closed in the opposite order
        }
        Folders.delete(folder);
    }
}
