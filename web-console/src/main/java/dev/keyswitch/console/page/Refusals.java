package dev.keyswitch.console.page;

import dev.keyswitch.console.session.Cookies;
import dev.keyswitch.console.session.RefusedException;
import dev.keyswitch.console.session.RequestFacts;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.console.session.Sessions;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where what went wrong becomes a page.
@Singleton
public final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Pages pages;
    private final Sessions sessions;
    private final Cookies cookies;

    Refusals(Pages pages, Sessions sessions, Cookies cookies) {
        this.pages = pages;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    private MutableHttpResponse<?> page(HttpRequest<?> request, Refusal refusal) {
        Optional<Session> session = RequestFacts.session(request).filter(open -> !open.isClosed());
        HttpStatus status = HttpStatus.valueOf(refusal.status());
        Map<String, Object> parameters = new HashMap<>(Map.of("refusal", refusal));
        if (session.isPresent()) {
            return pages.page(status, "problem", pages.frame(session.get(), null, refusal.title()), parameters);
        }
        parameters.put("look", pages.look());
        return pages.bare(status, "page/problem-signed-out", parameters);
    }

    private MutableHttpResponse<?> of(HttpRequest<?> request, KeyswitchException e) {
        if (e instanceof ProblemException problem && problem.is(ProblemCode.UNAUTHENTICATED)) {
            return credentialEnded(request);
        }
        return page(request, Refusal.of(e));
    }

    /// The credential was revoked while its person was signed in.
    private MutableHttpResponse<?> credentialEnded(HttpRequest<?> request) {
        RequestFacts.session(request).ifPresent(sessions::signOut);
        boolean page = request.getMethod() == HttpMethod.GET
                && !"cors".equals(request.getHeaders().get("Sec-Fetch-Mode"));
        MutableHttpResponse<?> answer = page
                ? HttpResponse.seeOther(URI.create("/sign-in?ended"))
                : page(request, signedOut(Headers.requestId(request)));
        return answer.cookie(cookies.endOfSession());
    }

    private static Refusal signedOut(String requestId) {
        return new Refusal(401, "You are signed out", "Your session has ended.", "Sign in again.", requestId);
    }

    private MutableHttpResponse<?> of(HttpRequest<?> request, RefusedException e) {
        String id = Headers.requestId(request);
        if (e.status() == HttpStatus.UNAUTHORIZED) {
            return page(request, signedOut(id));
        }
        return page(
                request,
                new Refusal(
                        e.status().getCode(), "The request was refused", e.sentence(),
                        "Load the page again and repeat what you did.", id));
    }

    private MutableHttpResponse<?> unexpected(HttpRequest<?> request, Throwable e) {
        String id = Headers.requestId(request);
        LOG.atError()
                .addKeyValue("requestId", id)
                .addKeyValue("method", request.getMethodName())
                .addKeyValue("path", request.getPath())
                .setCause(e)
                .log("page failed");
        return page(request, Refusal.unexpected(id));
    }

    @Singleton
    static final class OfApi implements ExceptionHandler<KeyswitchException, HttpResponse<?>> {
        private final Refusals refusals;

        OfApi(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public HttpResponse<?> handle(HttpRequest request, KeyswitchException e) {
            return refusals.of((HttpRequest<?>) request, e);
        }
    }

    @Singleton
    static final class OfGate implements ExceptionHandler<RefusedException, HttpResponse<?>> {
        private final Refusals refusals;

        OfGate(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public HttpResponse<?> handle(HttpRequest request, RefusedException e) {
            return refusals.of((HttpRequest<?>) request, e);
        }
    }

    @Singleton
    static final class OfAnything implements ExceptionHandler<RuntimeException, HttpResponse<?>> {
        private final Refusals refusals;

        OfAnything(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public HttpResponse<?> handle(HttpRequest request, RuntimeException e) {
            return refusals.unexpected((HttpRequest<?>) request, e);
        }
    }

    /// What the framework itself refuses: unknown addresses, wrong methods, bodies that are too large.
    @Singleton
    @Primary
    static final class OfFramework implements ErrorResponseProcessor<Object> {
        private final Refusals refusals;

        OfFramework(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        @SuppressWarnings("unchecked") // the body of a page is text, which is an Object
        public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
            HttpRequest<?> request = context.getRequest();
            Optional<Throwable> cause = context.getRootCause();
            if (base.code() >= 500 && cause.isPresent()) {
                return (MutableHttpResponse<Object>) refusals.unexpected(request, cause.get());
            }
            Refusal refusal = Refusal.ofStatus(base.code(), Headers.requestId(request));
            return (MutableHttpResponse<Object>) refusals.page(request, refusal);
        }
    }
}
