package dev.keyswitch.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.contract.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls the API as a stranger would: bytes over HTTP, no code shared with it but the records of the contract.
public final class TestClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = Json.mapper();

    private final URI base;
    private final @Nullable String credential;

    TestClient(URI base, @Nullable String credential) {
        this.base = base;
        this.credential = credential;
    }

    /// A client of a server that [ApiIT] does not know.
    public static TestClient of(URI base, String credential) {
        return new TestClient(base, credential);
    }

    /// What came back.
    public record Answer(HttpResponse<byte[]> http) {

        public int status() {
            return http.statusCode();
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        public byte[] bytes() {
            return http.body();
        }

        public String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(http.body());
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + status() + " " + text(), e);
            }
        }

        /// The body as a record of the contract; fails unless the status is this one.
        public <T> T as(int status, Class<T> type) {
            if (status() != status) {
                throw new AssertionError("expected " + status + ", was " + status() + ": " + text());
            }
            try {
                return JSON.readValue(http.body(), type);
            } catch (IOException e) {
                throw new AssertionError("not a " + type.getSimpleName() + ": " + text(), e);
            }
        }

        /// The body as a problem; fails unless it is one, with this status and code.
        public Problem problem(int status, String code) {
            Problem problem = as(status, Problem.class);
            if (!header("Content-Type").startsWith("application/problem+json")
                    || problem.status() != status
                    || !code.equals(problem.code())
                    || !header("X-Request-Id").equals(problem.requestId())) {
                throw new AssertionError("not the problem " + code + ": " + header("Content-Type") + " " + text());
            }
            return problem;
        }
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, Object body) {
        return send(json(path).POST(publisher(body)));
    }

    public Answer put(String path, Object body) {
        return send(json(path).PUT(publisher(body)));
    }

    public Answer patch(String path, Object body) {
        return send(json(path).method("PATCH", publisher(body)));
    }

    /// A change that is named, so that it happens once.
    public Answer once(String key, String method, String path, Object body) {
        return send(json(path).header("Idempotency-Key", key).method(method, publisher(body)));
    }

    /// A request to this API with the credential, to be completed and sent.
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        if (credential != null) {
            request.header("Authorization", "Bearer " + credential);
        }
        return request;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    /// A text or bytes are sent as they are, anything else as JSON.
    private static HttpRequest.BodyPublisher publisher(Object body) {
        try {
            return switch (body) {
                case String text -> HttpRequest.BodyPublishers.ofString(text);
                case byte[] bytes -> HttpRequest.BodyPublishers.ofByteArray(bytes);
                default -> HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
