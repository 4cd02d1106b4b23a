package dev.keyswitch.console;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// The console as a process of its own, configured by environment variables.
///
/// `KEYSWITCH_API_URL` is needed. `KEYSWITCH_CONSOLE_HOST` (127.0.0.1), `KEYSWITCH_CONSOLE_PORT` (8081) and
/// `KEYSWITCH_CONSOLE_PUBLIC_URL` may be given.
public final class Main {

    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private Main() {}

    static void main() throws InterruptedException {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "console/logback.xml");
        }
        ConsoleConfiguration configuration;
        try {
            configuration = configuration(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("web-console: " + e.getMessage());
            System.exit(2);
            return;
        }
        ConsoleServer server = ConsoleServer.start(configuration);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            closed.countDown();
        }));
        System.out.println("web-console is up: " + server.uri() + " for the API at " + configuration.apiUrl());
        closed.await();
    }

    /// @throws IllegalArgumentException with a sentence for people
    static ConsoleConfiguration configuration(Map<String, String> environment) {
        String apiUrl = environment.get("KEYSWITCH_API_URL");
        if (apiUrl == null || apiUrl.isBlank()) {
            throw new IllegalArgumentException("KEYSWITCH_API_URL must be set, for example http://127.0.0.1:8080");
        }
        String publicUrl = environment.get("KEYSWITCH_CONSOLE_PUBLIC_URL");
        return new ConsoleConfiguration(
                        environment.getOrDefault("KEYSWITCH_CONSOLE_HOST", "127.0.0.1"),
                        port(environment.getOrDefault("KEYSWITCH_CONSOLE_PORT", "8081")),
                        URI.create(apiUrl))
                .withPublicUrl(publicUrl == null || publicUrl.isBlank() ? null : URI.create(publicUrl));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("KEYSWITCH_CONSOLE_PORT must be a number, not \"" + text + "\"");
        }
    }
}
