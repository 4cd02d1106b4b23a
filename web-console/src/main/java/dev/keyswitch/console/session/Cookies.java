package dev.keyswitch.console.session;

import dev.keyswitch.console.ConsoleConfiguration;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The two cookies: the id of a session, and the mark of a browser that was shown the sign-in page.
///
/// Cookies do not tell ports apart, so their names carry the port: two consoles on one machine leave each other alone.
/// Over TLS the `__Host-` prefix keeps other hosts and paths from setting them.
@Singleton
public final class Cookies {

    private final boolean secure;
    private final String suffix;

    Cookies(ConsoleConfiguration configuration) {
        this.secure = configuration.secure();
        this.suffix = configuration.port() == 0 ? "" : "_" + configuration.port();
    }

    public Cookie session(String id) {
        return cookie("session", id);
    }

    /// A cookie that makes the browser forget the session's.
    public Cookie endOfSession() {
        return cookie("session", "").maxAge(0);
    }

    public Cookie signIn(String mark) {
        return cookie("signin", mark);
    }

    Optional<String> sessionOf(HttpRequest<?> request) {
        return value(request, "session");
    }

    public Optional<String> signInOf(HttpRequest<?> request) {
        return value(request, "signin");
    }

    private Optional<String> value(HttpRequest<?> request, String name) {
        return request.getCookies().findCookie(name(name)).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    private Cookie cookie(String name, String value) {
        return Cookie.of(name(name), value)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Strict)
                .path("/");
    }

    private String name(String name) {
        return (secure ? "__Host-" : "") + "keyswitch_" + name + suffix;
    }
}
