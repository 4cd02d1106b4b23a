package dev.keyswitch.console;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a console process must be told.
///
/// @param port 0: any free port
/// @param apiUrl the API that this console works on
/// @param publicUrl the address people type, if it is not `http://host:port`; with `https` cookies are marked Secure
/// @param idleTimeout a session ends after this time without a request of its person
public record ConsoleConfiguration(
        String host, int port, URI apiUrl, @Nullable URI publicUrl, Duration idleTimeout) {

    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(30);

    public ConsoleConfiguration {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host must be given");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port must be 0 to 65535, not " + port);
        }
        requireHttp("API URL", apiUrl);
        if (publicUrl != null) {
            requireHttp("public URL", publicUrl);
        }
        if (!idleTimeout.isPositive()) {
            throw new IllegalArgumentException("the idle timeout must be positive");
        }
    }

    public ConsoleConfiguration(String host, int port, URI apiUrl) {
        this(host, port, apiUrl, null, DEFAULT_IDLE_TIMEOUT);
    }

    public ConsoleConfiguration withPublicUrl(@Nullable URI url) {
        return new ConsoleConfiguration(host, port, apiUrl, url, idleTimeout);
    }

    public ConsoleConfiguration withIdleTimeout(Duration timeout) {
        return new ConsoleConfiguration(host, port, apiUrl, publicUrl, timeout);
    }

    /// Whether people reach this console over TLS.
    public boolean secure() {
        return publicUrl != null && "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    private static void requireHttp(String what, URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("the " + what + " must be like http://host:port");
        }
    }
}
