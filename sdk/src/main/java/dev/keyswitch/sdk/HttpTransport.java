package dev.keyswitch.sdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/// One try over HTTP/1.1, with the credential. Redirects are not followed: the credential belongs to one server only.
final class HttpTransport implements Transport {
    private static final int LARGEST_BODY_IN_MEMORY = 64 << 20;
    private static final String USER_AGENT = "keyswitch-sdk-java";

    private final HttpClient http;
    private final URI base;
    private final String credential;

    HttpTransport(HttpClient http, URI base, String credential) {
        this.http = http;
        this.base = base;
        this.credential = credential;
    }

    @Override
    public Answer send(Call call) {
        try {
            HttpResponse<InputStream> response = http.send(request(call), info -> new StreamedBody(call.patience()));
            String requestId = response.headers().firstValue("X-Request-Id").orElse(call.requestId());
            boolean handOn = call.streamed() && response.statusCode() < 300;
            InputStream body = handOn ? response.body() : inMemory(response.body());
            return new Answer(response.statusCode(), response.headers(), body, requestId);
        } catch (IOException e) {
            throw failure(call, e);
        } catch (InterruptedException e) {
            throw ConnectionException.interrupted(call.requestId(), e);
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.target()))
                .timeout(call.patience())
                .header("Authorization", "Bearer " + credential)
                .header("Accept", "application/json, application/problem+json, application/octet-stream")
                .header("User-Agent", USER_AGENT)
                .header("X-Request-Id", call.requestId());
        call.headers().forEach(request::setHeader);
        return withMethod(request, call).build();
    }

    /// Calls without a body go without `Content-Length` as well, which `method(…, noBody())` would send.
    private static HttpRequest.Builder withMethod(HttpRequest.Builder request, Call call) {
        if (call.body() != null) {
            return request.method(call.method(), call.body());
        }
        return switch (call.method()) {
            case "GET" -> request.GET();
            case "HEAD" -> request.HEAD();
            case "DELETE" -> request.DELETE();
            default -> request.method(call.method(), BodyPublishers.noBody());
        };
    }

    private static InputStream inMemory(InputStream body) throws IOException {
        try (body) {
            byte[] bytes = body.readNBytes(LARGEST_BODY_IN_MEMORY + 1);
            if (bytes.length > LARGEST_BODY_IN_MEMORY) {
                throw new IOException("the answer is larger than " + LARGEST_BODY_IN_MEMORY + " bytes");
            }
            return new ByteArrayInputStream(bytes);
        }
    }

    private ConnectionException failure(Call call, IOException e) {
        boolean sent = !(e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
        return new ConnectionException(sentence(call, e), call.requestId(), sent, e);
    }

    private String sentence(Call call, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return switch (e) {
            case HttpConnectTimeoutException timeout -> "Cannot reach " + base + ": no connection within the time-out";
            case ConnectException refused
            when isUnresolved(refused) -> "Cannot reach " + base + ": the name " + base.getHost() + " is not known";
            case ConnectException refused -> "Cannot reach " + base + ": the connection was refused";
            case HttpTimeoutException timeout ->
                base + " did not answer within " + call.patience().toMillis() / 1000.0 + " s";
            default -> "The connection to " + base + " failed: " + reason;
        };
    }

    private static boolean isUnresolved(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
