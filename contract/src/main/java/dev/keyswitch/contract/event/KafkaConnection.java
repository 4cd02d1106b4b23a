package dev.keyswitch.contract.event;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How Kafka is reached.
///
/// @param bootstrapServers `host:port,host:port`
/// @param security settings of Kafka's clients for encryption and log-in: `security.protocol`, `sasl.…`, `ssl.…`; secrets among them
public record KafkaConnection(String bootstrapServers, Map<String, String> security) {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    public KafkaConnection {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("the Kafka bootstrap servers must be given as host:port,host:port");
        }
        for (String name : security.keySet()) {
            if (!name.equals("security.protocol") && !name.startsWith("sasl.") && !name.startsWith("ssl.")) {
                throw new IllegalArgumentException(
                        "only security.protocol, sasl.… and ssl.… may be set for Kafka's clients, not " + name);
            }
        }
        security = Map.copyOf(security);
    }

    /// Without encryption and log-in.
    public static KafkaConnection plain(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /// @param securityFile a Java properties file that only its owner may read; null: without encryption and log-in
    /// @throws IOException if the file cannot be read, or if others can read it
    public static KafkaConnection read(String bootstrapServers, @Nullable Path securityFile) throws IOException {
        if (securityFile == null) {
            return plain(bootstrapServers);
        }
        if (Files.getFileStore(securityFile).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(securityFile).stream().anyMatch(OTHERS::contains)) {
            throw new IOException("The file " + securityFile + " must be readable by its owner only (chmod 600).");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(securityFile, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> security = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> security.put(name, properties.getProperty(name)));
        return new KafkaConnection(bootstrapServers, security);
    }

    /// For a client of Kafka, to be completed.
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(security);
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }

    /// Never shows the secrets.
    @Override
    public String toString() {
        return bootstrapServers + " (" + security.getOrDefault("security.protocol", "PLAINTEXT") + ")";
    }
}
