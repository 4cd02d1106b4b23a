package dev.keyswitch.console.page;

import dev.keyswitch.console.asset.Assets;
import dev.keyswitch.console.page.Frame.Look;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.session.Session;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.views.jte.HtmlJteViewsRenderer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Renders templates. A page is whole before its first byte is sent, so a template that fails gives a clean refusal.
@Singleton
public final class Pages {

    private static final MediaType HTML = MediaType.of("text/html;charset=UTF-8");

    private final HtmlJteViewsRenderer<Map<String, Object>> renderer;
    private final Look look;

    Pages(HtmlJteViewsRenderer<Map<String, Object>> renderer, Assets assets) {
        this.renderer = renderer;
        this.look = new Look(
                assets.url("console.css"), assets.url("console.js"), assets.imported(), assets.url("icon.svg"));
    }

    /// The frame of a page; takes along what the session has to tell.
    public Frame frame(Session session, @Nullable Section section, String title) {
        return new Frame(title, section, session, session.takeNotices(), look, session.csrf());
    }

    public Look look() {
        return look;
    }

    /// A page for somebody who is signed in.
    ///
    /// @param template without folder and ending
    public MutableHttpResponse<String> page(String template, Frame frame, Map<String, ?> parameters) {
        return page(HttpStatus.OK, template, frame, parameters);
    }

    public MutableHttpResponse<String> page(
            HttpStatus status, String template, Frame frame, Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("frame", frame);
        return bare(status, "page/" + template, all);
    }

    /// Asks before something is done.
    public MutableHttpResponse<String> question(Session session, Section section, Question question) {
        return page("question", frame(session, section, question.heading()), Map.of("question", question));
    }

    /// A page without frame.
    public MutableHttpResponse<String> bare(HttpStatus status, String template, Map<String, Object> parameters) {
        return HttpResponse.<String>status(status).body(render(template, parameters)).contentType(HTML);
    }

    /// A piece of a page.
    public String render(String template, Map<String, Object> parameters) {
        StringWriter out = new StringWriter();
        try {
            renderer.render(template, parameters, null).writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
