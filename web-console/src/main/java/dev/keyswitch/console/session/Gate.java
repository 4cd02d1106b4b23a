package dev.keyswitch.console.session;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every request passes here before any page sees it. Closed by default: what is open without a session is listed, and
/// nothing that changes anything gets through without the form value of its session.
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Order(0)
final class Gate {

    private static final String SIGN_IN = "/sign-in";
    private static final String CSRF_FIELD = "csrf";

    private final Sessions sessions;
    private final Cookies cookies;
    private final SignInMark signInMark;

    Gate(Sessions sessions, Cookies cookies, SignInMark signInMark) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.signInMark = signInMark;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> enter(ServerHttpRequest<?> request) {
        String path = request.getPath();
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (reads && (path.startsWith("/assets/") || path.startsWith("/health/"))) {
            return null;
        }
        Form form = reads ? Form.empty() : submittedHere(request);
        RequestFacts.put(request, form);
        if (path.equals(SIGN_IN)) {
            return reads ? null : checkSignIn(request, form);
        }
        Optional<Session> found = cookies.sessionOf(request).flatMap(sessions::find);
        if (found.isEmpty()) {
            return withoutSession(request, reads);
        }
        Session session = found.get();
        if (!reads && !session.hasCsrf(form.text(CSRF_FIELD))) {
            throw new RefusedException(HttpStatus.FORBIDDEN, "This form is not from your present session.");
        }
        if (!path.startsWith("/live/")) {
            sessions.touch(session);
        }
        RequestFacts.put(request, session);
        return null;
    }

    private @Nullable HttpResponse<?> checkSignIn(HttpRequest<?> request, Form form) {
        boolean fits = cookies.signInOf(request)
                .filter(cookie -> signInMark.fits(cookie, form.text(CSRF_FIELD)))
                .isPresent();
        return fits ? null : HttpResponse.seeOther(URI.create(SIGN_IN + "?again"));
    }

    /// Pages lead to the sign-in; scripts and forms are told.
    private static HttpResponse<?> withoutSession(HttpRequest<?> request, boolean reads) {
        boolean page = reads
                && !"cors".equals(request.getHeaders().get("Sec-Fetch-Mode"))
                && !request.getPath().startsWith("/live/");
        if (!page) {
            throw new RefusedException(HttpStatus.UNAUTHORIZED, "You are signed out.");
        }
        if ("cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))) {
            return comeAgain(request);
        }
        String to = URLEncoder.encode(request.getUri().toString(), StandardCharsets.UTF_8);
        return HttpResponse.seeOther(URI.create(request.getPath().equals("/") ? SIGN_IN : SIGN_IN + "?to=" + to));
    }

    /// A link on another site came here without the session's cookie, which is SameSite=Strict. The same address asked for
    /// once more, from here, brings it along; the second time the request is no longer cross-site.
    private static HttpResponse<?> comeAgain(HttpRequest<?> request) {
        String address = request.getUri().toASCIIString().replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
        return HttpResponse.ok("<!doctype html><meta http-equiv=\"refresh\" content=\"0;url=" + address
                        + "\"><title>Keyswitch</title>")
                .contentType(MediaType.TEXT_HTML_TYPE);
    }

    /// Reads the form of a request that comes from a page of ours.
    private static Form submittedHere(ServerHttpRequest<?> request) {
        if (!FromHere.test(request)) {
            throw new RefusedException(HttpStatus.FORBIDDEN, "This request comes from another site.");
        }
        boolean isForm = request.getContentType()
                .filter(type -> type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE))
                .isPresent();
        if (!isForm) {
            throw new RefusedException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Only forms can be submitted here.");
        }
        try (CloseableAvailableByteBody body = request.byteBody().buffer().join()) {
            return Form.parse(body.toString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(HttpStatus.BAD_REQUEST, "The form cannot be read.");
        }
    }
}
