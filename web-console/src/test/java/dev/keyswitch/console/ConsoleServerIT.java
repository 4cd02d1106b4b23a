package dev.keyswitch.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.embedded.FreePort;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the server answers to anybody, before there is an API or a session.
class ConsoleServerIT {

    private static ConsoleServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = ConsoleServer.start(new ConsoleConfiguration("127.0.0.1", 0, unusedAddress()));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    /// An address at which nobody listens.
    private static URI unusedAddress() {
        return URI.create("http://127.0.0.1:" + FreePort.find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/models", "/tokens?q=x", "/nowhere", "/models/new"})
    void withoutASessionEveryPageLeadsToTheSignIn(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/sign-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models", "/tokens", "/tokens/x/delete", "/sign-out", "/nowhere"})
    void withoutASessionNothingIsTaken(String path) throws Exception {
        assertThat(post(path, "name=x").statusCode()).isEqualTo(401);
    }

    @Test
    void liveEventsNeedASession() throws Exception {
        assertThat(get("/live/tokens").statusCode()).isEqualTo(401);
    }

    @Test
    void everyAnswerForbidsWhatNoPageNeeds() throws Exception {
        for (String path : new String[] {"/sign-in", "/models", "/assets/none/none.js", "/live/tokens"}) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(path))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        }
    }

    @Test
    void aFormOfAnotherSiteIsRefused() throws Exception {
        HttpRequest fromElsewhere = request("/sign-in")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("credential=x"))
                .build();
        HttpRequest withOrigin = request("/sign-in")
                .header("Origin", "https://evil.example")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("credential=x"))
                .build();

        assertThat(client.send(fromElsewhere, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(client.send(withOrigin, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    @Test
    void theSignInFormNeedsTheMarkOfItsBrowser() throws Exception {
        HttpResponse<String> answer = post("/sign-in", "credential=ksm_x&csrf=guessed");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/sign-in?again");
    }

    @Test
    void anApiThatIsSilentIsSaidSoAndIsNoRefusal() throws Exception {
        HttpResponse<String> page = get("/sign-in");
        Matcher csrf = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(csrf.find()).isTrue();
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

        HttpResponse<String> answer = client.send(
                request("/sign-in")
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("credential=ksm_something&csrf=" + csrf.group(1)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The API does not answer").contains("Request id").doesNotContain("ksm_s");
    }

    @Test
    void whatIsNoFormOrTooLargeIsRefusedInWords() throws Exception {
        HttpRequest json = request("/sign-in")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();

        assertThat(client.send(json, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
        HttpResponse<String> large = post("/sign-in", "credential=" + "x".repeat(80_000));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("That is too much");
    }

    @Test
    void aLinkOnAnotherSiteIsAskedForOnceMoreWithTheCookie() throws Exception {
        HttpRequest followed = request("/tokens?q=a%22b&show=assigned")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate")
                .GET()
                .build();

        HttpResponse<String> answer = client.send(followed, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("content=\"0;url=/tokens?q=a%22b&amp;show=assigned\"");
    }

    @Test
    void behindTlsCookiesAreSecureAndBrowsersRemember() throws Exception {
        ConsoleConfiguration behindTls = new ConsoleConfiguration("127.0.0.1", 0, unusedAddress())
                .withPublicUrl(URI.create("https://console.example"));
        try (ConsoleServer secure = ConsoleServer.start(behindTls)) {
            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(secure.uri().resolve("/sign-in")).build(), BodyHandlers.ofString());

            assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-")
                    .contains("Secure", "HTTPOnly", "SameSite=Strict", "Path=/");
            assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    @Test
    void healthIsOpen() throws Exception {
        assertThat(get("/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void filesAreKeptByBrowsersAndTheFirstLoadIsSmall() throws Exception {
        String page = get("/sign-in").body();
        Matcher files = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"").matcher(page);
        long bytes = compressed("/sign-in");
        while (files.find()) {
            assertThat(get(files.group(1)).headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
            bytes += compressed(files.group(1));
        }

        System.out.println("first load, compressed: " + bytes + " bytes");
        assertThat(bytes).isLessThan(30_000);
    }

    private static long compressed(String path) throws Exception {
        HttpResponse<byte[]> answer = client.send(
                request(path).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        if (answer.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent()) {
            assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                    .isNotEmpty();
        }
        return answer.body().length;
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String form) throws Exception {
        HttpRequest request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path));
    }
}
