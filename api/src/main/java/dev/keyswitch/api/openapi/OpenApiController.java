package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/// The description for programs, and the same for people. Open to everybody: it is in the repository too.
@Controller("/openapi")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OpenApiController {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ObjectNode document;
    private final String text;

    OpenApiController(OpenApiDocument openApi, ObjectMapper json) throws JsonProcessingException {
        this.document = openApi.write();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        this.text = json.writer(new DefaultPrettyPrinter().withObjectIndenter(indenter)).writeValueAsString(document) + "\n";
    }

    @Get
    String document() {
        return text;
    }

    @Get("/page")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<String> page() {
        return HttpResponse.ok(OpenApiPage.of(document))
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    @Get("/page.css")
    @Produces("text/css")
    HttpResponse<String> style() {
        return HttpResponse.ok(OpenApiPage.STYLE).header(HttpHeaders.CACHE_CONTROL, "max-age=300").header("X-Content-Type-Options", "nosniff");
    }
}
