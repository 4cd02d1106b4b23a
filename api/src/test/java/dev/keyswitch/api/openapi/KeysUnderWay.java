package dev.keyswitch.api.openapi;

import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.TinyKey;
import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.CreateToken;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

/// Evaluation keys at every stage of their making, honestly made, so that there is always something left to be spoilt: chance alone hardly
/// ever claims a key, begins its upload, and goes on with it. For many threads.
final class KeysUnderWay {

    private final TestClient owner;
    private final KnownValues known;
    private final UUID model;

    KeysUnderWay(TestClient owner, KnownValues known) {
        this.owner = owner;
        this.known = known;
        this.model = owner.post("/v1/models", new CreateModel("under way", null, TinyKey.ONE.profile())).as(201, Model.class).id();
        known.spare(model);
    }

    private enum Stage {
        CLAIMED,
        BEGUN,
        HALF,
        WHOLE,
        READY
    }

    /// One more. Others may come across it before it is where it should be; then it stays where it is.
    void add(Random random) {
        Stage stage = Stage.values()[random.nextInt(3) == 0 ? Stage.READY.ordinal() : random.nextInt(Stage.READY.ordinal())];
        Answer created = owner.post("/v1/tokens", new CreateToken("under way", null, null, null, model, null, null));
        if (created.status() != 201) {
            return;
        }
        String key = created.json().at("/evaluationKey/id").asText();
        Answer claimed = owner.post("/v1/evaluation-keys/" + key + "/claim", TinyKey.claim(1));
        if (claimed.status() == 200 && stage.compareTo(Stage.BEGUN) >= 0) {
            upload(key, stage, random);
        }
        known.add("tokens", created.json().get("id").asText(), random);
        known.add("evaluation-keys", key, random);
    }

    private void upload(String key, Stage stage, Random random) {
        Answer begun = owner.post("/v1/evaluation-keys/" + key + "/uploads", new BeginUpload(1, TinyKey.ONE.size()));
        if (begun.status() != 201) {
            return;
        }
        String upload = begun.json().get("id").asText();
        byte[] content = TinyKey.ONE.bytes();
        int half = content.length / 2;
        if (stage.compareTo(Stage.HALF) >= 0) {
            append(upload, 0, Arrays.copyOf(content, half));
        }
        if (stage.compareTo(Stage.WHOLE) >= 0) {
            append(upload, half, Arrays.copyOfRange(content, half, content.length));
        }
        if (stage == Stage.READY) {
            owner.post("/v1/uploads/" + upload + "/complete", TinyKey.ONE.announced());
        }
        known.add("uploads", upload, random);
    }

    private void append(String upload, int offset, byte[] bytes) {
        owner.send(owner.request("/v1/uploads/" + upload)
                .header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", Integer.toString(offset))
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }
}
