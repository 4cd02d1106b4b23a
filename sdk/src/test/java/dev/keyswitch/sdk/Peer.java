package dev.keyswitch.sdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real HTTP server on 127.0.0.1 that answers what a test told it to, and remembers what it was asked.
public final class Peer implements AutoCloseable {
    /// One request as it arrived.
    public record Received(String method, String target, Headers headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    /// Answers one exchange, or cuts it.
    @FunctionalInterface
    public interface Reply {
        void to(HttpExchange exchange, Received request) throws IOException;

        /// How many bytes of the request's body are read before the answer.
        default int reads() {
            return Integer.MAX_VALUE;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    public Peer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// @param request method and target without the query: `GET /v1/models`
    /// @param inOrder one reply for each call; the last is repeated
    public Peer on(String request, Reply... inOrder) {
        replies.put(request, new ArrayDeque<>(List.of(inOrder)));
        return this;
    }

    public List<Received> received() {
        return received;
    }

    /// What arrived, one `METHOD target` per line.
    public List<String> calls() {
        return received.stream().map(r -> r.method() + " " + r.target()).toList();
    }

    public static Reply json(int status, String body) {
        return reply(status, "application/json", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Reply problem(int status, String body) {
        return reply(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Reply status(int status, Map<String, String> headers) {
        return reply(status, "text/plain", new byte[0], headers);
    }

    public static Reply bytes(int status, byte[] body, Map<String, String> headers) {
        return reply(status, "application/octet-stream", body, headers);
    }

    /// Announces the whole body, sends a part and cuts the connection.
    public static Reply cutAfter(int status, int sent, byte[] body, Map<String, String> headers) {
        return (exchange, request) -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body, 0, sent);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /// Reads a part of the request and cuts the connection without an answer.
    public static Reply cutAfterReading(int bytes) {
        return new Reply() {
            @Override
            public void to(HttpExchange exchange, Received request) {
                exchange.close();
            }

            @Override
            public int reads() {
                return bytes;
            }
        };
    }

    public static Reply reply(int status, String type, byte[] body, Map<String, String> headers) {
        return (exchange, request) -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            headers.forEach(exchange.getResponseHeaders()::set);
            boolean empty = body.length == 0
                    || status == 204
                    || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Reply reply = next(call);
        byte[] body = exchange.getRequestBody().readNBytes(reply.reads());
        Received request = new Received(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
        received.add(request);
        try (exchange) {
            reply.to(exchange, request);
        }
    }

    private Reply next(String call) {
        Queue<Reply> queue = replies.get(call);
        if (queue == null) {
            return problem(
                    404, "{\"status\":404,\"code\":\"not-found\",\"detail\":\"no reply for %s\"}".formatted(call));
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.remove() : queue.element();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
