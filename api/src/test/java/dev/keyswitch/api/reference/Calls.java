package dev.keyswitch.api.reference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.TinyKey;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.contract.bulk.BulkLine;
import dev.keyswitch.contract.bulk.TokenOperation;
import dev.keyswitch.contract.bulk.UnassignToken;
import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReleaseEvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RotateRootKey;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Does steps over HTTP, and knows which ids and values stand for the numbers of the reference. For one thread, but what
/// [#of] answers may be done in others.
final class Calls {

    /// Root keys that a holder may have.
    static final int ROOTS = 4;

    private static final ObjectMapper SAID = Json.mapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    /// Long enough for a busy machine to take it for the future.
    private static final Duration SOON = Duration.ofSeconds(2);

    private final TestClient client;
    private final Rows rows;
    final List<UUID> holders = new ArrayList<>();
    final List<UUID> models = new ArrayList<>();
    final List<UUID> tokens = new ArrayList<>();
    final Map<String, Integer> modelNumbers = new HashMap<>();
    final List<String> values = new ArrayList<>();
    final Map<Integer, String> previousValues = new HashMap<>();
    private final List<String> firstTags = new ArrayList<>();
    /// Ids by token, generation and attempt.
    private final Map<String, String> uploads = new ConcurrentHashMap<>();

    Calls(TestClient client, Rows rows) {
        this.client = client;
        this.rows = rows;
        for (int root = 0; root < 2; root++) {
            holders.add(client.post("/v1/holders", new CreateHolder("holder " + UUID.randomUUID(), fingerprint(root))).as(201, Holder.class).id());
        }
    }

    static String fingerprint(int root) {
        return Integer.toHexString(0xa + root).repeat(64);
    }

    /// What is sent for a step that is one call.
    ///
    /// @param body null: none
    /// @param ifMatch null: whatever it is
    record Call(String method, String path, @Nullable Object body, @Nullable String ifMatch) {

        Call(String method, String path, @Nullable Object body) {
            this(method, path, body, null);
        }

        Call asPreview() {
            return new Call(method, path + (path.contains("?") ? "&" : "?") + "dryRun=true", body, ifMatch);
        }
    }

    /// What does this step, as things stand before it. Only for steps that are not left out.
    Supplier<Answer> of(Step step, Reference before) {
        return switch (step) {
            case Step.Expire expire -> expire(id(before, expire.token()));
            case Step.Finish finish -> finish(uploading(before, finish));
            case Step.Upload upload -> {
                Uploading uploading = uploading(before, upload);
                yield () -> upload(uploading);
            }
            case Step.Append append -> append(uploadOf(before, append));
            case Step.Ask ask -> ask(before, ask);
            case Step.Preview preview -> sending(call(preview.of(), before).asPreview());
            case Step.LoseLease _, Step.Bulk _ -> throw new IllegalArgumentException("not one call: " + step);
            default -> {
                Call call = call(step, before);
                yield () -> learned(step, before, send(call));
            }
        };
    }

    /// For steps that are one call and can be previewed.
    private Call call(Step step, Reference before) {
        return switch (step) {
            case Step.Register register ->
                new Call("POST", "/v1/models", new CreateModel("model " + UUID.randomUUID(), null, key(register.other()).profile()));
            case Step.Turn turn -> onModel(before, turn, "POST", turn.active() ? "/activate" : "/deactivate", null);
            case Step.Compute compute -> onModel(before, compute, "PUT", "/encryption-profile", key(compute.other()).profile());
            case Step.Remove remove -> onModel(before, remove, "DELETE", remove.unassignTokens() ? "?unassignTokens=true" : "", null);
            case Step.Create create -> new Call("POST", "/v1/tokens", wanted(create, before));
            case Step.Assign assign ->
                onToken(before, assign, "PUT", "/assignment", new AssignToken(model(before, assign.model()), assign.reassign(), assign.mode()));
            case Step.Unassign unassign -> onToken(
                    before, unassign, "DELETE", "/assignment" + (unassign.expected() == null ? "" : "?modelId=" + model(before, unassign.expected())), null);
            case Step.Change change -> onToken(before, change, "PATCH", "", wanted(change, before));
            case Step.RenameUnchanged rename ->
                new Call("PATCH", "/v1/tokens/" + id(before, rename.token()), ChangeToken.nothing().name("renamed"), firstTag(before, rename.token()));
            case Step.Renew renew -> onToken(before, renew, "PATCH", "", ChangeToken.nothing().expiresAt(Instant.now().plus(Duration.ofDays(60))));
            case Step.Roll roll -> onToken(before, roll, "POST", "/roll", wanted(roll));
            case Step.Delete delete -> onToken(before, delete, "DELETE", "", null);
            case Step.Claim claim -> onKey(before, claim, "/claim", wanted(claim, before));
            case Step.Progress progress -> onKey(before, progress, "/progress", new ReportProgress(attempt(before, progress), 50));
            case Step.Fail fail -> onKey(before, fail, "/fail", new ReportFailure(attempt(before, fail), "a reason"));
            case Step.Release release -> onKey(before, release, "/release", new ReleaseEvaluationKey(attempt(before, release)));
            case Step.Retry retry -> onKey(before, retry, "/retry", null);
            case Step.Complete complete ->
                new Call("POST", "/v1/uploads/" + uploadOf(before, complete) + "/complete", key(keyOf(before, complete).other()).announced());
            case Step.RotateRootKey rotate ->
                new Call("POST", "/v1/holders/" + holders.get(rotate.holder()) + "/rotate-root-key", new RotateRootKey(fingerprint(rotate.root())));
            default -> throw new IllegalArgumentException("cannot be previewed: " + step);
        };
    }

    /// The line that does what a single call would.
    BulkLine line(Step.Line line, Reference before) {
        TokenOperation operation = line.operation();
        UUID id = line.does() instanceof Step.Create ? null : id(before, line.does().token());
        Object body = switch (line.does()) {
            case Step.Create create -> wanted(create, before);
            case Step.Change change when operation == TokenOperation.UPDATE -> wanted(change, before);
            case Step.RenameUnchanged _ -> ChangeToken.nothing().name("renamed");
            case Step.Assign assign -> new AssignToken(model(before, assign.model()), null, assign.reassign() ? assign.mode() : null);
            case Step.Unassign unassign -> unassign.expected() == null ? null : new UnassignToken(model(before, unassign.expected()));
            case Step.Roll roll -> wanted(roll);
            default -> null;
        };
        return new BulkLine(operation, id, line.does() instanceof Step.RenameUnchanged ? firstTag(before, line.does().token()) : null, body);
    }

    /// @return the answers to the lines
    List<JsonNode> bulk(List<BulkLine> lines, String idempotencyKey) {
        String body = lines.stream().map(line -> said(line) + "\n").collect(Collectors.joining());
        Answer answer = client.send(client.request("/v1/bulk")
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body)));
        if (answer.status() != 200) {
            throw new AssertionError("expected 200, was " + answer.status() + ": " + answer.text());
        }
        return answer.text().lines().map(Calls::node).toList();
    }

    private static JsonNode node(String line) {
        try {
            return SAID.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    /// Takes in what a step has made.
    ///
    /// @param number of the token that it is about
    void learn(Step step, int number, JsonNode token, String tag) {
        switch (step) {
            case Step.Create _ -> {
                tokens.add(UUID.fromString(token.get("id").asText()));
                values.add(token.get("value").asText());
                firstTags.add(tag);
            }
            case Step.Roll _ -> previousValues.put(number, values.set(number, token.get("value").asText()));
            default -> {}
        }
    }

    private Answer learned(Step step, Reference before, Answer answer) {
        if (answer.status() >= 300) {
            return answer;
        }
        if (step instanceof Step.Register) {
            modelNumbers.put(answer.json().get("id").asText(), models.size());
            models.add(UUID.fromString(answer.json().get("id").asText()));
        } else if (step instanceof Step.Create) {
            learn(step, tokens.size(), answer.json(), answer.header("ETag"));
        } else if (step instanceof Step.Roll roll) {
            learn(step, number(before, roll.token()), answer.json(), "");
        }
        return answer;
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

    private UUID id(Reference before, int place) {
        return tokens.get(number(before, place));
    }

    private String firstTag(Reference before, int place) {
        return firstTags.get(number(before, place));
    }

    KeyState keyOf(Reference before, Step.OfKey step) {
        return before.tokens.get(number(before, step.token())).keys.reversed().get(step.key());
    }

    private int attempt(Reference before, Step.OfAttempt step) {
        return keyOf(before, step).attempt() - step.late();
    }

    private CreateToken wanted(Step.Create create, Reference before) {
        UUID model = create.model() == null ? null : model(before, create.model());
        return new CreateToken("token", null, null, null, model, create.custody(), holders.getFirst());
    }

    private ChangeToken wanted(Step.Change change, Reference before) {
        return ChangeToken.nothing()
                .status(change.status())
                .custody(change.custody())
                .holderId(change.holder() == null ? null : holders.get(change.holder()))
                .modelId(change.model() == null ? null : model(before, change.model()));
    }

    private static RollToken wanted(Step.Roll roll) {
        return new RollToken(roll.grace() ? 3600 : 0);
    }

    private ClaimEvaluationKey wanted(Step.Claim claim, Reference before) {
        KeyState key = keyOf(before, claim);
        int present = before.root(key.holder());
        return new ClaimEvaluationKey(
                key.generation() + (claim.stale() ? 1 : 0),
                fingerprint(claim.stranger() ? (present + 1) % ROOTS : present),
                "worker-" + claim.worker(),
                claim.takeOver());
    }

    private Supplier<Answer> expire(UUID token) {
        return () -> {
            Instant end = Instant.now().plus(SOON);
            Answer answer = send(new Call("PATCH", "/v1/tokens/" + token, ChangeToken.nothing().expiresAt(end)));
            if (answer.status() == 200) {
                LockSupport.parkNanos(Duration.between(Instant.now(), end).toNanos());
                rows.awaitExpired(token);
            }
            return answer;
        };
    }

    /// What is needed to upload a key.
    ///
    /// @param name of the upload among [#uploads]
    private record Uploading(UUID key, int attempt, String name, TinyKey made) {}

    private Uploading uploading(Reference before, Step.OfAttempt step) {
        KeyState key = keyOf(before, step);
        return new Uploading(rows.key(id(before, step.token()), key.generation()), attempt(before, step), uploadName(before, step), key(key.other()));
    }

    private String uploadName(Reference before, Step.OfAttempt step) {
        return id(before, step.token()) + " " + keyOf(before, step).generation() + " " + attempt(before, step);
    }

    private String uploadOf(Reference before, Step.OfAttempt step) {
        return Objects.requireNonNull(uploads.get(uploadName(before, step)), "no upload");
    }

    /// @return the beginning's answer, or the first one that refuses
    private Answer upload(Uploading uploading) {
        Answer begun = client.post(
                "/v1/evaluation-keys/" + uploading.key() + "/uploads", new BeginUpload(uploading.attempt(), uploading.made().size()));
        if (begun.status() != 201) {
            return begun;
        }
        String upload = begun.json().get("id").asText();
        uploads.put(uploading.name(), upload);
        if (begun.json().get("offset").asLong() == uploading.made().size()) {
            return begun;
        }
        Answer appended = send(upload, uploading.made().bytes());
        return appended.status() == 204 ? begun : appended;
    }

    private Supplier<Answer> finish(Uploading uploading) {
        return () -> {
            Answer uploaded = upload(uploading);
            return uploaded.status() == 201
                    ? client.post("/v1/uploads/" + uploads.get(uploading.name()) + "/complete", uploading.made().announced())
                    : uploaded;
        };
    }

    private Supplier<Answer> append(String upload) {
        return () -> send(upload, new byte[] {1});
    }

    /// From the beginning.
    private Answer send(String upload, byte[] bytes) {
        return client.send(client.request("/v1/uploads/" + upload)
                .header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
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

    private Call onModel(Reference before, Step.OfModel step, String method, String path, @Nullable Object body) {
        return new Call(method, "/v1/models/" + model(before, step.model()) + path, body);
    }

    private Call onToken(Reference before, Step.OfToken step, String method, String path, @Nullable Object body) {
        return new Call(method, "/v1/tokens/" + id(before, step.token()) + path, body);
    }

    private Call onKey(Reference before, Step.OfKey step, String path, @Nullable Object body) {
        return new Call("POST", "/v1/evaluation-keys/" + rows.key(id(before, step.token()), keyOf(before, step).generation()) + path, body);
    }

    private Supplier<Answer> sending(Call call) {
        return () -> send(call);
    }

    private Answer send(Call call) {
        HttpRequest.Builder request = client.request(call.path());
        if (call.ifMatch() != null) {
            request.header("If-Match", call.ifMatch());
        }
        if (call.body() == null) {
            return client.send(request.method(call.method(), BodyPublishers.noBody()));
        }
        return client.send(request.header("Content-Type", "application/json").method(call.method(), BodyPublishers.ofString(said(call.body()))));
    }

    /// What is null is not in it: in a merge patch that would mean something.
    private static String said(Object body) {
        try {
            return SAID.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
