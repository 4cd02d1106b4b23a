package dev.keyswitch.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.RawConnection;
import dev.keyswitch.api.Samples;
import dev.keyswitch.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PrometheusIT extends ApiIT {

    @Override
    protected ApiConfiguration configure(ApiConfiguration usual) {
        return new ApiConfiguration(
                usual.host(),
                usual.port(),
                usual.databaseUrl(),
                usual.databaseUser(),
                usual.databasePassword(),
                usual.kafka(),
                usual.store(),
                usual.adminCredentialFile(),
                usual.ownerCredentialFile(),
                usual.account(),
                FreePort.find());
    }

    @Test
    void saysHowTheNodeIsOnAPortOfItsOwn() {
        Samples.assign(owner(), Samples.token(owner(), "measured").id(), Samples.model(owner(), "measured").id());
        owner().get("/v1/tokens/" + UUID.randomUUID()).problem(404, "not-found");

        String figures = management("/prometheus").body();

        assertThat(figures)
                .contains("keyswitch_outbox_parked 0.0\n", "keyswitch_evaluation_keys{state=\"REQUESTED\"} 1.0\n")
                .containsPattern("keyswitch_relay_state\\{state=\"ACTIVE\"} [01].0\n")
                .containsPattern("http_server_requests_seconds_count\\{.*method=\"PUT\".*status=\"200\",uri=\"/v1/tokens/\\{id}/assignment\"} 1")
                .containsPattern("http_server_requests_seconds_count\\{.*method=\"GET\".*status=\"404\".*} 1")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("kst_", "ksm_", "/v1/tokens/0");
        assertThat(management("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(withoutCredential().get("/prometheus").status()).isEqualTo(404);
        assertThat(owner().get("/health/liveness").status()).isEqualTo(404);
    }

    @Test
    void doesNotCountCallersThatHangUpAsFailures() {
        byte[] half = ("PATCH /v1/account HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ownerCredential()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"tokenLifetimeDays\":")
                .getBytes(StandardCharsets.US_ASCII);

        Eventually.holds(() -> {
            hangUp(half);
            return management("/prometheus").body().contains("method=\"PATCH\"");
        });

        assertThat(management("/prometheus").body())
                .containsPattern("method=\"PATCH\".*status=\"400\",uri=\"/v1/account\"")
                .doesNotContain("status=\"500\"");
    }

    private void hangUp(byte[] request) {
        try (RawConnection caller = new RawConnection(server().uri())) {
            caller.hangUp(request, request.length, Duration.ofMillis(20));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> management(String path) {
        URI uri = URI.create("http://127.0.0.1:" + Objects.requireNonNull(configuration().managementPort()) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
