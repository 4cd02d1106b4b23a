package dev.keyswitch.api;

import dev.keyswitch.contract.event.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The API as a process of its own, configured by its environment (`KEYSWITCH_…`).
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "api/logback.xml");
        }
        ApiServer server;
        try {
            server = ApiServer.start(configuration(System.getenv()));
        } catch (RuntimeException e) {
            System.err.println("keyswitch api could not start: " + reason(e));
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        System.out.println("keyswitch api is up: " + server.uri());
    }

    /// The innermost cause says what is wrong; those around it, who noticed.
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    static ApiConfiguration configuration(Map<String, String> environment) {
        return new ApiConfiguration(
                environment.getOrDefault("KEYSWITCH_API_HOST", "127.0.0.1"),
                port("KEYSWITCH_API_PORT", environment.getOrDefault("KEYSWITCH_API_PORT", "8080")),
                needed(environment, "KEYSWITCH_DATABASE_URL"),
                needed(environment, "KEYSWITCH_DATABASE_USER"),
                needed(environment, "KEYSWITCH_DATABASE_PASSWORD"),
                kafka(environment),
                Path.of(needed(environment, "KEYSWITCH_STORE")),
                file(environment.get("KEYSWITCH_ADMIN_CREDENTIAL_FILE")),
                file(environment.get("KEYSWITCH_OWNER_CREDENTIAL_FILE")),
                environment.getOrDefault("KEYSWITCH_ACCOUNT", "default"),
                managementPort(environment.get("KEYSWITCH_MANAGEMENT_PORT")));
    }

    private static @Nullable Integer managementPort(@Nullable String text) {
        return text == null || text.isBlank() ? null : port("KEYSWITCH_MANAGEMENT_PORT", text);
    }

    private static String needed(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + name + " is needed");
        }
        return value;
    }

    private static KafkaConnection kafka(Map<String, String> environment) {
        try {
            return KafkaConnection.read(
                    needed(environment, "KEYSWITCH_KAFKA_BOOTSTRAP"), file(environment.get("KEYSWITCH_KAFKA_SECURITY_FILE")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not " + text, e);
        }
    }

    private static @Nullable Path file(@Nullable String text) {
        return text == null || text.isBlank() ? null : Path.of(text);
    }
}
