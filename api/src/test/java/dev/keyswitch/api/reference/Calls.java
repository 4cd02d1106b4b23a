package dev.keyswitch.api.reference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.TinyKey;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReleaseEvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.RollToken;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does steps over HTTP, and knows which ids and values stand for the numbers of the reference. For one thread.
final class Calls {

    /// Of the two key holders' root keys.
    static final List<String> FINGERPRINTS = List.of("f".repeat(64), "e".repeat(64));
    private static final ObjectMapper PATCHES = Json.mapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    private static final Duration SOON = Duration.ofMillis(150);

    private final TestClient client;
    private final Rows rows;
    private final List<UUID> holders;
    final List<UUID> models = new ArrayList<>();
    final List<UUID> tokens = new ArrayList<>();
    final Map<String, Integer> modelNumbers = new HashMap<>();
    final List<String> values = new ArrayList<>();
    final Map<Integer, String> previousValues = new HashMap<>();
    final List<String> firstTags = new ArrayList<>();

    Calls(TestClient client, Rows rows, List<UUID> holders) {
        this.client = client;
        this.rows = rows;
        this.holders = holders;
    }

    /// What sends this step, as things stand before it. Only for steps that are not left out.
    Supplier<Answer> of(Step step, Reference before) {
        return switch (step) {
            case Step.Register register -> () -> register(register);
            case Step.Turn turn -> onModel(before, turn.model(), "POST", turn.active() ? "/activate" : "/deactivate", null);
            case Step.Compute compute -> onModel(before, compute.model(), "PUT", "/encryption-profile", key(compute.other()).profile());
            case Step.Remove remove -> onModel(before, remove.model(), "DELETE", remove.unassignTokens() ? "?unassignTokens=true" : "", null);
            case Step.Create create -> create(create, before);
            case Step.Assign assign -> {
                UUID model = model(before, assign.model());
                yield onToken(before, assign.token(), "PUT", "/assignment", new AssignToken(model, assign.reassign(), assign.mode()));
            }
            case Step.Unassign unassign -> onToken(
                    before, unassign.token(), "DELETE", "/assignment" + (unassign.expected() == null ? "" : "?modelId=" + model(before, unassign.expected())), null);
            case Step.Change change -> onToken(before, change.token(), "PATCH", "", wanted(change, before));
            case Step.RenameUnchanged rename -> rename(before, rename.token());
            case Step.Expire expire -> expire(before, expire.token());
            case Step.Renew renew -> () -> onToken(
                            before, renew.token(), "PATCH", "", ChangeToken.nothing().expiresAt(Instant.now().plus(Duration.ofDays(60))))
                    .get();
            case Step.Roll roll -> roll(before, roll);
            case Step.Delete delete -> onToken(before, delete.token(), "DELETE", "", null);
            case Step.Claim claim -> claim(before, claim);
            case Step.Progress progress -> onKey(before, progress.token(), progress.key(), "/progress", key -> new ReportProgress(key.attempt() - progress.late(), 50));
            case Step.Fail fail -> onKey(before, fail.token(), fail.key(), "/fail", key -> new ReportFailure(key.attempt() - fail.late(), "a reason"));
            case Step.Release release -> onKey(before, release.token(), release.key(), "/release", key -> new ReleaseEvaluationKey(key.attempt() - release.late()));
            case Step.Retry retry -> onKey(before, retry.token(), retry.key(), "/retry", _ -> null);
            case Step.Finish finish -> finish(before, finish);
            case Step.LoseLease lose -> throw new IllegalArgumentException("nobody calls for " + lose);
            case Step.Ask ask -> ask(before, ask);
        };
    }

    private static TinyKey key(boolean other) {
        return other ? TinyKey.OTHER : TinyKey.ONE;
    }

    private UUID model(Reference before, int place) {
        return models.get(Objects.requireNonNull(before.modelAt(place)));
    }

    private int number(Reference before, int place) {
        return Objects.requireNonNull(before.tokenAt(place));
    }

    private Answer register(Step.Register register) {
        Answer answer = client.post("/v1/models", new CreateModel("model " + UUID.randomUUID(), null, key(register.other()).profile()));
        if (answer.status() == 201) {
            String id = answer.json().get("id").asText();
            modelNumbers.put(id, models.size());
            models.add(UUID.fromString(id));
        }
        return answer;
    }

    private Supplier<Answer> create(Step.Create create, Reference before) {
        UUID model = create.model() == null ? null : model(before, create.model());
        return () -> {
            Answer answer = client.post("/v1/tokens", new CreateToken("token", null, null, null, model, create.custody(), null));
            if (answer.status() == 201) {
                tokens.add(UUID.fromString(answer.json().get("id").asText()));
                values.add(answer.json().get("value").asText());
                firstTags.add(answer.header("ETag"));
            }
            return answer;
        };
    }

    private ChangeToken wanted(Step.Change change, Reference before) {
        return ChangeToken.nothing()
                .status(change.status())
                .custody(change.custody())
                .holderId(change.holder() == null ? null : holders.get(change.holder()))
                .modelId(change.model() == null ? null : model(before, change.model()));
    }

    private Supplier<Answer> rename(Reference before, int place) {
        int number = number(before, place);
        return () -> client.send(client.request("/v1/tokens/" + tokens.get(number))
                .header("Content-Type", "application/json")
                .header("If-Match", firstTags.get(number))
                .method("PATCH", BodyPublishers.ofString("{\"name\":\"renamed " + UUID.randomUUID() + "\"}")));
    }

    private Supplier<Answer> expire(Reference before, int place) {
        UUID token = tokens.get(number(before, place));
        return () -> {
            Instant end = Instant.now().plus(SOON);
            Answer answer = client.patch("/v1/tokens/" + token, merged(ChangeToken.nothing().expiresAt(end)));
            if (answer.status() == 200) {
                LockSupport.parkNanos(Duration.between(Instant.now(), end).toNanos());
                rows.awaitExpired(token);
            }
            return answer;
        };
    }

    private Supplier<Answer> roll(Reference before, Step.Roll roll) {
        int number = number(before, roll.token());
        return () -> {
            Answer answer = client.post("/v1/tokens/" + tokens.get(number) + "/roll", new RollToken(roll.grace() ? 3600 : 0));
            if (answer.status() == 200) {
                previousValues.put(number, values.set(number, answer.json().get("value").asText()));
            }
            return answer;
        };
    }

    private Supplier<Answer> claim(Reference before, Step.Claim claim) {
        return onKey(before, claim.token(), claim.key(), "/claim", key -> new ClaimEvaluationKey(
                key.generation() + (claim.stale() ? 1 : 0),
                FINGERPRINTS.get(claim.stranger() ? 1 - key.holder() : key.holder()),
                "worker-" + claim.worker(),
                claim.takeOver()));
    }

    private Supplier<Answer> finish(Reference before, Step.Finish finish) {
        UUID token = tokens.get(number(before, finish.token()));
        KeyState key = keyOf(before, finish.token(), finish.key());
        TinyKey made = key(key.other());
        return () -> {
            Answer begun = client.post("/v1/evaluation-keys/" + rows.key(token, key.generation()) + "/uploads", new BeginUpload(key.attempt() - finish.late(), made.size()));
            if (begun.status() != 201) {
                return begun;
            }
            String upload = "/v1/uploads/" + begun.json().get("id").asText();
            Answer appended = client.send(client.request(upload)
                    .header("Content-Type", "application/octet-stream")
                    .header("Upload-Offset", "0")
                    .method("PATCH", BodyPublishers.ofByteArray(made.bytes())));
            return appended.status() == 204 ? client.post(upload + "/complete", made.announced()) : appended;
        };
    }

    private Supplier<Answer> ask(Reference before, Step.Ask ask) {
        int number = number(before, ask.token());
        UUID model = model(before, ask.model());
        return () -> ask(ask.previous() ? previousValues.get(number) : values.get(number), model);
    }

    Answer ask(String value, UUID model) {
        return client.send(client.request("/v1/introspect")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + value + "&model_id=" + model)));
    }

    Answer read(int token) {
        return client.get("/v1/tokens/" + tokens.get(token));
    }

    private Supplier<Answer> onModel(Reference before, int place, String method, String path, @Nullable Object body) {
        UUID id = model(before, place);
        return () -> send(method, "/v1/models/" + id + path, body);
    }

    private Supplier<Answer> onToken(Reference before, int place, String method, String path, @Nullable Object body) {
        UUID id = tokens.get(number(before, place));
        return () -> send(method, "/v1/tokens/" + id + path, body);
    }

    private interface KeyBody {
        @Nullable Object of(KeyState key);
    }

    private Supplier<Answer> onKey(Reference before, int place, int back, String path, KeyBody body) {
        UUID token = tokens.get(number(before, place));
        KeyState key = keyOf(before, place, back);
        return () -> send("POST", "/v1/evaluation-keys/" + rows.key(token, key.generation()) + path, body.of(key));
    }

    KeyState keyOf(Reference before, int place, int back) {
        return before.tokens.get(number(before, place)).keys.reversed().get(back);
    }

    /// A merge patch: what is null is not in it.
    private static byte[] merged(Object patch) {
        try {
            return PATCHES.writeValueAsBytes(patch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer send(String method, String path, @Nullable Object body) {
        if (body == null) {
            HttpRequest.Builder request = client.request(path);
            return client.send(request.method(method, BodyPublishers.noBody()));
        }
        return switch (method) {
            case "PUT" -> client.put(path, body);
            case "PATCH" -> client.patch(path, merged(body));
            default -> client.post(path, body);
        };
    }
}
