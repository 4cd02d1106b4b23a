package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two API processes with one database and one store: a client may come to either at any time.
class TwoNodesIT extends EvaluationKeyIT {

    private static final byte[] KEY = newKey(BFV);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ApiServer> others = new ArrayList<>();

    @BeforeAll
    void startAnother() {
        others.add(ApiServer.start(configuration()));
    }

    @AfterAll
    void stopAnother() {
        others.forEach(ApiServer::close);
    }

    @Test
    void goesOnAtTheOtherNodeInTheMiddleOfAnUpload() throws Exception {
        Wanted wanted = wanted();
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), KEY.length);
        append(agent(), upload, 0, slice(KEY, 0, 50_000));

        assertThat(there(patch(upload, 50_000, slice(KEY, 50_000, KEY.length))).status()).isEqualTo(204);
        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo(Integer.toString(KEY.length));
        EvaluationKey ready = there(complete(upload)).as(200, EvaluationKey.class);

        assertThat(ready.state()).isEqualTo(EvaluationKeyState.READY);
        assertThat(complete(agent(), upload, announced(BFV, KEY)).as(200, EvaluationKey.class)).isEqualTo(ready);
        assertThat(there(request(path(wanted) + "/content")).bytes()).isEqualTo(KEY);
    }

    @Test
    void takesOneOfTheChunksThatBothNodesGetForOneOffset() throws Exception {
        for (int round = 0; round < 10; round++) {
            Wanted wanted = wanted();
            Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), KEY.length);

            List<Integer> statuses = bothAtOnce(
                    () -> append(agent(), upload, 0, KEY).status(), () -> there(patch(upload, 0, KEY)).status());

            assertThat(statuses).hasSize(10).containsOnlyOnce(204).filteredOn(status -> status != 204).containsOnly(409);
        }
    }

    @Test
    void makesAKeyReadyOnceWhenBothNodesAreAskedToCompleteIt() throws Exception {
        Wanted wanted = wanted();
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), KEY.length);
        append(agent(), upload, 0, KEY);

        List<Integer> statuses = bothAtOnce(
                () -> complete(agent(), upload, announced(BFV, KEY)).status(), () -> there(complete(upload)).status());

        assertThat(statuses).containsOnly(200);
        assertThat(events(wanted.token(), "ready")).isEqualTo(1);
    }

    private static List<Integer> bothAtOnce(
            java.util.concurrent.Callable<Integer> here, java.util.concurrent.Callable<Integer> there) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(here);
                calls.add(there);
            }
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private Answer there(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        URI node = others.getFirst().uri();
        String credential = Files.readString(Objects.requireNonNull(configuration().ownerCredentialFile())).strip();
        return HttpRequest.newBuilder(node.resolve(path)).header("Authorization", "Bearer " + credential);
    }

    private HttpRequest.Builder patch(Upload upload, long offset, byte[] chunk) throws IOException {
        return request("/v1/uploads/" + upload.id())
                .header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", Long.toString(offset))
                .method("PATCH", BodyPublishers.ofByteArray(chunk));
    }

    private HttpRequest.Builder complete(Upload upload) throws IOException {
        return request("/v1/uploads/" + upload.id() + "/complete")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json(announced(BFV, KEY))));
    }
}
