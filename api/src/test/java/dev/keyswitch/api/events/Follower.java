package dev.keyswitch.api.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows events as a browser would: line by line.
final class Follower implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<InputStream> response;
    private final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private volatile String place = "";

    record Seen(String id, String type, JsonNode event) {}

    private Follower(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    /// Returns when the stream has begun: what happens from now on is in it.
    static Follower of(TestClient client, String query, @Nullable String last) throws IOException, InterruptedException {
        HttpRequest.Builder request = client.request("/v1/events" + query).header("Accept", "text/event-stream");
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Follower follower = new Follower(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        dev.keyswitch.api.Eventually.holds(() -> !follower.place.isEmpty());
        return follower;
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /// Where one goes on after a cut.
    String place() {
        return place;
    }

    Seen next() throws InterruptedException {
        Seen next = seen.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no event within 20 s");
        }
        return next;
    }

    List<Seen> next(int count) throws InterruptedException {
        List<Seen> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        return events;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    seen.add(new Seen(id, type, Json.mapper().readTree(line.substring(6))));
                } else if (line.isEmpty()) {
                    place = id;
                }
            }
        } catch (IOException _) {
            // closed by the test, or cut by the server
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
        http.shutdownNow();
    }
}
