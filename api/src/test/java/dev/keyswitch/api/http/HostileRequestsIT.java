package dev.keyswitch.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no honest client sends.
class HostileRequestsIT extends ApiIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/tokens?q=%zz HTTP/1.1",
                "GET /v1/tokens?q=%e0%a4 HTTP/1.1",
                "GET /v1/tokens?%=% HTTP/1.1",
                "GET /v1/tokens/%zz HTTP/1.1",
                "GET /v1/tokens/%00 HTTP/1.1",
                "GET /v1/tokens/{id} HTTP/1.1",
                "GET /v1/tokens/../models HTTP/1.1",
                "GET /v1//tokens HTTP/1.1",
                "GET v1/tokens HTTP/1.1",
                "GET http://[::1/ HTTP/1.1",
                "GET /v1/tokens/\u00e9\u00ff HTTP/1.1",
                "GET /v1/tokens?q=\u0001 HTTP/1.1",
                "GET /v1/tokens HTTP/9.9",
                "BREW /v1/tokens HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "TRACE /v1/tokens HTTP/1.1",
                "nonsense"
            })
    void neverAnswersAServerError(String requestLine) throws Exception {
        assertThat(status(requestLine + "\r\nHost: x\r\nConnection: close\r\n" + authorization() + "\r\n")).isBetween(200, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1\r\n\r\n",
                "Content-Length: x\r\n\r\n",
                "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Encoding: nonsense\r\nContent-Length: 2\r\n\r\n{}"
            })
    void refusesABodyThatIsFramedWrongly(String rest) throws Exception {
        String head = "POST /v1/tokens HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + authorization();

        assertThat(status(head + rest)).isBetween(400, 499);
    }

    @Test
    void refusesTooLongTargetsAndHeaders() throws Exception {
        String end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + authorization();

        assertThat(status("GET /v1/tokens?q=" + "a".repeat(20_000) + end + "\r\n")).isBetween(400, 499);
        assertThat(status("GET /v1/tokens" + end + "X-Long: " + "a".repeat(20_000) + "\r\n\r\n")).isBetween(400, 499);
        assertThat(status("GET /v1/tokens?q=" + "a".repeat(500) + end + "\r\n")).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "snappy"})
    void refusesABodyThatIsNotInItsEncoding(String encoding) {
        var answer = owner().send(owner().request("/v1/tokens")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofString("{\"name\":\"" + "x".repeat(100) + "\",\"nonsense\":1}")));

        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    /// `\u0001` is no character of a header; the answer to that is the server's own.
    @ParameterizedTest
    @ValueSource(strings = {",", ", ,", ";", "q=1", "-", "de;q=x", "\u0001", "*", "a-b-c-d-e-f-g-h-i-j"})
    void doesNotMindTheLanguage(String language) throws Exception {
        String rest = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + authorization() + "Accept-Language: " + language + "\r\n\r\n";

        for (String target : List.of("GET /v1/tokens", "GET /v1/nothing", "GET /nothing", "HEAD /v1/uploads/0190163d-8694-739b-aea5-966c26f8ad91", "DELETE /v1/tokens/0190163d-8694-739b-aea5-966c26f8ad91")) {
            assertThat(status(target + rest)).as(target).isBetween(200, 499);
        }
    }

    /// Bytes that look like UTF-32, and end in the midst of a character.
    @Test
    void refusesABodyThatIsNoText() {
        byte[] half = {0, 0, 0, '{', 0};

        owner().post("/v1/tokens", half).problem(400, "malformed-request");
        var answer = owner().send(owner().request("/v1/bulk").header("Content-Type", "application/x-ndjson").POST(BodyPublishers.ofByteArray(half)));
        assertThat(answer.text()).contains("malformed-request").doesNotContain("internal");
    }

    /// As it was found: with the value of a token, from a page of somebody else.
    @ParameterizedTest
    @ValueSource(strings = {"X-Nothing", "Origin"})
    void doesNotMindAnIdempotencyKeyWhereNothingIsChanged(String further) {
        String value = String.valueOf(Samples.token(owner(), "reader").value());

        for (String method : List.of("GET", "OPTIONS", "DELETE")) {
            var answer = with(value).send(with(value).request("/v1/self")
                    .header("Idempotency-Key", "0190163d-8694-739b-aea5-100000000129")
                    .header(further, "bytes=9-1")
                    .method(method, BodyPublishers.noBody()));
            assertThat(answer.status()).as(method + " " + answer.text()).isLessThan(500);
        }
    }

    /// Some servers let a header say what the request line does not. Whoever guards this API from outside looks at the request line.
    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void doesWhatTheRequestLineSaysWhateverMethodAHeaderNames(String header) {
        Token token = Samples.token(owner(), "kept").withValue(null);
        String path = "/v1/tokens/" + token.id();
        TestClient viewer = with(Samples.credential(owner(), Role.VIEWER, null));

        for (String method : List.of("DELETE", "PATCH", "PUT", "POST")) {
            assertThat(viewer.send(viewer.request(path).header(header, method).GET()).as(200, Token.class)).isEqualTo(token);
            assertThat(owner().send(owner().request(path).header(header, method).GET()).as(200, Token.class)).isEqualTo(token);
            owner().send(owner().request(path).header(header, method).POST(BodyPublishers.noBody())).problem(405, "method-not-allowed");
        }
        owner().send(owner().request(path + "?_method=DELETE").POST(BodyPublishers.ofString("_method=DELETE"))).problem(405, "method-not-allowed");
        viewer.send(viewer.request("/v1/tokens").header("Content-Type", "application/json").header(header, "GET").POST(BodyPublishers.ofString("{\"name\":\"x\"}")))
                .problem(403, "forbidden");
        assertThat(owner().get(path).as(200, Token.class)).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path"})
    void answersForThePathOfTheRequestLineWhateverPathAHeaderNames(String header) {
        TestClient viewer = with(Samples.credential(owner(), Role.VIEWER, null));

        assertThat(viewer.send(viewer.request("/v1/whoami").header(header, "/v1/accounts").GET()).json().get("role").asText()).isEqualTo("VIEWER");
        viewer.send(viewer.request("/v1/accounts").header(header, "/v1/whoami").GET()).problem(403, "forbidden");
        viewer.send(viewer.request("/v1/nothing").header(header, "/v1/whoami").GET()).problem(404, "not-found");
    }

    @Test
    void doesNotUnpackMoreThanItReads() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"name\":\"".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 64; i++) {
                out.write("a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
            }
            out.write("\"}".getBytes(StandardCharsets.UTF_8));
        }

        var answer = owner().send(owner().request("/v1/tokens")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray())));

        assertThat(answer.status()).isBetween(400, 499);
    }

    /// A thousand bodies that begin as valid ones: the seed is fixed, so a failure comes back.
    @Test
    void neverAnswersAServerErrorToMutatedBodies() {
        Random random = new Random(20261123);
        String model = "{\"name\":\"m\",\"description\":\"d\",\"encryptionProfile\":{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,"
                + "\"coeffModulusBits\":[60,40,60],\"rotations\":[1,-1,8],\"relinearization\":true,\"keyForm\":\"SEEDED\",\"sealStamp\":\"3.7\"}}";
        String token = "{\"name\":\"n\",\"note\":\"x\",\"expiresInDays\":30,\"custody\":\"AGENT\",\"expiresAt\":\"2027-01-01T00:00:00Z\"}";
        String[] pieces = {"null", "[]", "{}", "-1", "1e999", "\"\"", "true", ",", ":", "\"", "\\u0000", "\\ud800", "99999999999999999999", "{\"a\":"};
        for (int i = 0; i < 1000; i++) {
            boolean forModel = random.nextBoolean();
            StringBuilder body = new StringBuilder(forModel ? model : token);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int from = random.nextInt(body.length());
                int to = Math.min(body.length(), from + random.nextInt(8));
                body.replace(from, to, random.nextInt(3) == 0 ? "" : pieces[random.nextInt(pieces.length)]);
            }

            var answer = owner().post(forModel ? "/v1/models" : "/v1/tokens", body.toString());

            assertThat(answer.status()).as(body + " -> " + answer.text()).isLessThan(500);
            if (answer.status() >= 400) {
                assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
                assertThat(answer.json().path("detail").asText()).isNotBlank();
            }
        }
    }

    private String authorization() throws IOException {
        return "Authorization: Bearer " + Files.readString(folder().resolve("owner.credential")).strip() + "\r\n";
    }

    /// What no HTTP client would send. 0: the connection was closed without an answer.
    private int status(String request) throws IOException {
        try (Socket socket = new Socket(server().uri().getHost(), server().uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9, 12));
        }
    }
}
