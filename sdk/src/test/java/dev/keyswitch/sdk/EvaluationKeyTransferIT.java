package dev.keyswitch.sdk;

import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.GENERATING;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluationKeyTransferIT {
    private static final int CHUNK = 4 << 20;
    private static final UUID UPLOAD = UUID.fromString("0199a000-0000-7000-8000-000000000009");
    private static final String CONTENT = "GET /v1/evaluation-keys/" + Samples.KEY + "/content";
    private static final String PATCH = "PATCH /v1/uploads/" + UPLOAD;
    private static final List<EvaluationKeyPart> PARTS = List.of(new EvaluationKeyPart(Kind.RELINEARIZATION, 0, 10));

    private final Peer peer = new Peer();
    private final KeyswitchClient client = KeyswitchClient.builder()
            .url(peer.url())
            .credential("ksm_test")
            .sleeper(pause -> {})
            .build();
    private final byte[] bytes = new byte[2 * CHUNK + 12_345];
    private final ByteArrayOutputStream stored = new ByteArrayOutputStream();

    EvaluationKeyTransferIT() {
        new Random(7).nextBytes(bytes);
    }

    @AfterEach
    void stop() {
        client.close();
        peer.close();
    }

    @Test
    void resumesADownloadWhereItWasCut() throws Exception {
        Map<String, String> etag = Map.of("ETag", "\"" + sha256(bytes) + "\"");
        peer.on(CONTENT, Peer.cutAfter(200, 3_000_000, bytes, etag), Peer.cutAfter(206, 0, bytes, etag), this::rest);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long size = client.evaluationKeys().download(Samples.KEY, out);

        assertThat(size).isEqualTo(bytes.length);
        assertThat(out.toByteArray()).isEqualTo(bytes);
        assertThat(peer.received()).hasSize(3);
        assertThat(peer.received().getLast().header("If-Range")).isEqualTo("\"" + sha256(bytes) + "\"");
    }

    @Test
    void refusesADownloadWithAnotherDigest() throws Exception {
        peer.on(CONTENT, Peer.bytes(200, bytes, Map.of("ETag", "\"" + sha256(new byte[1]) + "\"")));

        assertThatThrownBy(() -> client.evaluationKeys().download(Samples.KEY, new ByteArrayOutputStream()))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageStartingWith("The content has the SHA-256 " + sha256(bytes));
    }

    @Test
    void endsADownloadThatIsCutAgainAndAgain() throws Exception {
        peer.on(CONTENT, Peer.cutAfter(200, 0, bytes, Map.of("ETag", "\"" + sha256(bytes) + "\"")));

        assertThatThrownBy(() -> client.evaluationKeys().download(Samples.KEY, new ByteArrayOutputStream()))
                .isInstanceOf(ConnectionException.class)
                .hasMessageStartingWith("The download was cut after 0 bytes");
        assertThat(peer.received()).hasSizeBetween(4, 16);
    }

    @Test
    void refusesToContinueWithOtherContent() throws Exception {
        peer.on(
                CONTENT,
                Peer.cutAfter(200, 1000, bytes, Map.of("ETag", "\"one\"")),
                Peer.bytes(200, bytes, Map.of("ETag", "\"two\"")));

        assertThatThrownBy(() -> client.evaluationKeys().download(Samples.KEY, new ByteArrayOutputStream()))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessage("The content changed while it was downloaded");
    }

    @Test
    void saysBeforeTheFirstByteThatThereIsNoContent() {
        assertThatThrownBy(() -> client.evaluationKeys().content(UUID.randomUUID()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void canBeClosedInTheMiddleOfADownload() throws Exception {
        peer.on(CONTENT, Peer.bytes(200, bytes, Map.of("ETag", "\"" + sha256(bytes) + "\"")));

        try (InputStream content = client.evaluationKeys().content(Samples.KEY)) {
            assertThat(content.readNBytes(10)).isEqualTo(Arrays.copyOf(bytes, 10));
        }
    }

    @Test
    void uploadsInChunksAndCompletesWithTheDigest() throws Exception {
        acceptUpload();
        peer.on(PATCH, this::store);

        upload();

        assertThat(stored.toByteArray()).isEqualTo(bytes);
        assertThat(peer.received().stream().filter(r -> r.method().equals("PATCH")))
                .extracting(r -> r.header("Upload-Offset"))
                .containsExactly("0", "" + CHUNK, "" + 2 * CHUNK);
        assertThat(peer.received().getLast().text())
                .isEqualTo("{\"sha256\":\"%s\",\"sizeBytes\":%d,\"parts\":[{\"kind\":\"RELINEARIZATION\",\"offset\":0,"
                                .formatted(sha256(bytes), bytes.length)
                        + "\"length\":10}],\"holderMac\":\"c0de\",\"generationMillis\":1500}");
    }

    @Test
    void goesOnAfterACutWithWhatTheServerHasNot() throws Exception {
        acceptUpload();
        peer.on(PATCH, this::store, new StoreAndCut(1_000_000), new StoreAndCut(0), this::store);
        peer.on("HEAD /v1/uploads/" + UPLOAD, this::offset);

        upload();

        assertThat(stored.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void goesOnWhereTheServerSaysAfterAMismatch() throws Exception {
        acceptUpload();
        peer.on(
                PATCH,
                Peer.problem(
                        409, "{\"status\":409,\"code\":\"upload-offset-mismatch\",\"detail\":\"no\",\"offset\":0}"),
                this::store);
        peer.on("HEAD /v1/uploads/" + UPLOAD, this::offset);

        upload();

        assertThat(stored.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void endsAnUploadThatWasOvertakenByANewerAttempt() {
        acceptUpload();
        peer.on(PATCH, Peer.problem(409, "{\"status\":409,\"code\":\"attempt-outdated\",\"detail\":\"Too late.\"}"));

        assertThatThrownBy(this::upload).isInstanceOf(ProblemException.class).hasMessage("Too late.");
        assertThat(peer.calls()).noneMatch(call -> call.startsWith("HEAD"));
    }

    @Test
    void endsAnUploadThatMakesNoProgress() {
        acceptUpload();
        peer.on(PATCH, new StoreAndCut(0));
        peer.on("HEAD /v1/uploads/" + UPLOAD, this::offset);

        assertThatThrownBy(this::upload).isInstanceOf(ConnectionException.class);
        assertThat(peer.calls().stream().filter(call -> call.startsWith("PATCH")))
                .hasSize(4);
    }

    @Test
    void refusesAServerThatForgotWhatItAcknowledged() {
        acceptUpload();
        peer.on(PATCH, this::store, Peer.cutAfterReading(10));
        peer.on("HEAD /v1/uploads/" + UPLOAD, Peer.status(204, Map.of("Upload-Offset", "17")));

        assertThatThrownBy(this::upload)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessage("The server is at offset 17 of the upload, outside of what was sent");
    }

    @Test
    void knowsThatItIsCompleteWhenOnlyTheAnswerWasLost() throws Exception {
        acceptUpload();
        peer.on(PATCH, this::store);
        peer.on(
                "POST /v1/uploads/" + UPLOAD + "/complete",
                Peer.cutAfterReading(1000),
                Peer.problem(409, "{\"status\":409,\"code\":\"evaluation-key-state\",\"detail\":\"It is READY.\"}"));
        peer.on(
                "GET /v1/evaluation-keys/" + Samples.KEY,
                Peer.json(200, Samples.key(Samples.KEY, READY, 100, "\"" + sha256(bytes) + "\"")));

        upload();
    }

    @Test
    void passesARefusalOfTheBytesOn() {
        acceptUpload();
        peer.on(PATCH, this::store);
        peer.on(
                "POST /v1/uploads/" + UPLOAD + "/complete",
                Peer.problem(
                        422, "{\"status\":422,\"code\":\"evaluation-key-refused\",\"detail\":\"A seed repeats.\"}"));

        assertThatThrownBy(this::upload).isInstanceOf(ProblemException.class).hasMessage("A seed repeats.");
    }

    @Test
    void refusesMoreOrLessThanTheAnnouncedSize() throws Exception {
        acceptUpload();
        peer.on(PATCH, this::store);

        try (EvaluationKeyUpload upload = client.evaluationKeys().upload(Samples.KEY, 3, bytes.length)) {
            upload.write(bytes, 0, bytes.length - 1);
            assertThatThrownBy(() -> upload.complete(PARTS, "c0de", Duration.ZERO))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> upload.write(new byte[2])).isInstanceOf(IOException.class);
        }
    }

    private void upload() throws IOException {
        try (EvaluationKeyUpload upload = client.evaluationKeys().upload(Samples.KEY, 3, bytes.length)) {
            upload.write(bytes[0]);
            upload.write(bytes, 1, CHUNK);
            upload.write(bytes, 1 + CHUNK, bytes.length - 1 - CHUNK);
            assertThat(upload.complete(PARTS, "c0de", Duration.ofMillis(1500)).id())
                    .isEqualTo(Samples.KEY);
        }
    }

    private void acceptUpload() {
        peer.on(
                "POST /v1/evaluation-keys/" + Samples.KEY + "/uploads",
                Peer.json(
                        201,
                        "{\"id\":\"%s\",\"evaluationKeyId\":\"%s\",\"attempt\":3,\"sizeBytes\":%d,\"offset\":0}"
                                .formatted(UPLOAD, Samples.KEY, bytes.length)));
        peer.on("POST /v1/uploads/" + UPLOAD + "/complete", Peer.json(200, Samples.key(Samples.KEY, GENERATING, 100)));
    }

    /// Appends the body if it begins where the stored bytes end.
    private void store(HttpExchange exchange, Peer.Received request) throws IOException {
        assertThat(request.header("Content-Type")).isEqualTo("application/octet-stream");
        if (Long.parseLong(request.header("Upload-Offset")) == stored.size()) {
            stored.write(request.body());
            offset(exchange, request);
        } else {
            exchange.sendResponseHeaders(500, -1);
        }
    }

    private void offset(HttpExchange exchange, Peer.Received request) throws IOException {
        exchange.getResponseHeaders().set("Upload-Offset", Integer.toString(stored.size()));
        exchange.sendResponseHeaders(204, -1);
    }

    /// The rest that a `Range` asks for.
    private void rest(HttpExchange exchange, Peer.Received request) throws IOException {
        int from = Integer.parseInt(request.header("Range").replaceAll("bytes=(\\d+)-", "$1"));
        exchange.getResponseHeaders().set("ETag", request.header("If-Range"));
        exchange.sendResponseHeaders(206, bytes.length - from);
        exchange.getResponseBody().write(bytes, from, bytes.length - from);
    }

    /// Stores a part of what is sent and cuts.
    private final class StoreAndCut implements Peer.Reply {
        private final int part;

        StoreAndCut(int part) {
            this.part = part;
        }

        @Override
        public void to(HttpExchange exchange, Peer.Received request) {
            stored.writeBytes(request.body());
            exchange.close();
        }

        @Override
        public int reads() {
            return part;
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
