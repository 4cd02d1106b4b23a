package dev.keyswitch.console.signin;

import dev.keyswitch.console.page.LocalAddress;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Cookies;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.console.session.Sessions;
import dev.keyswitch.console.session.SignInMark;
import dev.keyswitch.sdk.KeyswitchException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Signing in with a management credential, and out.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {

    private static final String HOME = "/overview";

    private final Sessions sessions;
    private final Cookies cookies;
    private final SignInMark mark;
    private final Pages pages;

    SignInController(Sessions sessions, Cookies cookies, SignInMark mark, Pages pages) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.mark = mark;
        this.pages = pages;
    }

    @Get("/")
    HttpResponse<?> home() {
        return HttpResponse.seeOther(URI.create(HOME));
    }

    @Get("/sign-in")
    HttpResponse<?> form(HttpRequest<?> request) {
        Map<String, String> query = request.getParameters().asMap(String.class, String.class);
        String reason = query.containsKey("ended") ? SignInPage.ENDED
                : query.containsKey("again") ? SignInPage.AGAIN
                : query.containsKey("out") ? SignInPage.OUT : "";
        return page(HttpStatus.OK, request, new SignInPage(reason, "", query.getOrDefault("to", "")));
    }

    @Post("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> signIn(HttpRequest<?> request, Form form) {
        String to = form.text("to");
        try {
            Optional<String> id = sessions.signIn(form.text("credential"));
            return id.<HttpResponse<?>>map(
                            found -> HttpResponse.seeOther(LocalAddress.or(to, HOME)).cookie(cookies.session(found)))
                    .orElseGet(() -> page(
                            HttpStatus.UNPROCESSABLE_ENTITY, request, new SignInPage(SignInPage.REFUSED, "", to)));
        } catch (KeyswitchException e) {
            SignInPage silent = new SignInPage(SignInPage.API_SILENT, e.requestId(), to);
            return page(HttpStatus.SERVICE_UNAVAILABLE, request, silent);
        }
    }

    @Post("/sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> signOut(Session session) {
        sessions.signOut(session);
        return HttpResponse.seeOther(URI.create("/sign-in?out"))
                .cookie(cookies.endOfSession())
                .header("Clear-Site-Data", "\"cache\"");
    }

    private HttpResponse<?> page(HttpStatus status, HttpRequest<?> request, SignInPage content) {
        String cookie = cookies.signInOf(request).orElseGet(mark::cookie);
        MutableHttpResponse<String> page = pages.bare(
                status,
                "page/sign-in",
                Map.of("look", pages.look(), "page", content, "csrf", mark.field(cookie)));
        return page.cookie(cookies.signIn(cookie));
    }
}
