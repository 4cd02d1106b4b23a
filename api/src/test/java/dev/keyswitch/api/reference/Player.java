package dev.keyswitch.api.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.TestClient.Answer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Plays one sequence, step by step, to the API and to the reference, and compares: every answer, the token after every step, and in
/// the end all that was told and written of each token and model.
final class Player {

    private final Calls calls;
    private final Rows rows;
    private final List<UUID> holders;
    private final Reference reference = new Reference();
    private final java.util.Map<Integer, String> tags = new java.util.HashMap<>();
    private final java.util.Map<Integer, Integer> changesAtTag = new java.util.HashMap<>();
    private int played;

    Player(Calls calls, Rows rows, List<UUID> holders) {
        this.calls = calls;
        this.rows = rows;
        this.holders = holders;
    }

    /// As it stands after what was played.
    Reference reference() {
        return reference;
    }

    /// How many steps were not left out.
    int played() {
        return played;
    }

    /// What is not as the rules have it; empty: nothing.
    Optional<String> play(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Optional<String> difference = step(steps.get(i));
            if (difference.isPresent()) {
                return Optional.of("step " + i + " " + steps.get(i) + ": " + difference.get());
            }
        }
        return inTheEnd();
    }

    private Optional<String> step(Step step) {
        Supplier<Answer> call = prepared(step);
        Verdict verdict = reference.apply(step);
        if (verdict.equals(Verdict.LEFT_OUT)) {
            return Optional.empty();
        }
        played++;
        if (step instanceof Step.LoseLease lose) {
            int number = Objects.requireNonNull(reference.tokenAt(lose.token()));
            rows.loseLease(rows.key(calls.tokens.get(number), calls.keyOf(reference, lose.token(), lose.key()).generation()));
            return Optional.empty();
        }
        Answer answer = Objects.requireNonNull(call).get();
        if (answer.status() != verdict.status() || !Objects.equals(code(answer), verdict.code())) {
            return Optional.of("answered " + answer.status() + " " + answer.text() + "\ninstead of " + verdict);
        }
        if (verdict.detail() != null) {
            return differ("access", access(answer.json()), verdict.detail());
        }
        return afterwards(step, answer);
    }

    /// Null if the place is empty.
    private @Nullable Supplier<Answer> prepared(Step step) {
        try {
            return calls.of(step, reference);
        } catch (NullPointerException | IndexOutOfBoundsException | IllegalArgumentException _) {
            return null;
        }
    }

    private Optional<String> afterwards(Step step, Answer answer) {
        return switch (step) {
            case Step.Turn turn -> settled(turn.model());
            case Step.Compute compute -> settled(compute.model());
            case Step.Remove remove -> settled(remove.model());
            case Step.Register _, Step.Ask _, Step.LoseLease _ -> Optional.empty();
            case Step.Create create -> token(create.token(), answer);
            case Step.Assign assign -> token(assign.token(), answer);
            case Step.Unassign unassign -> token(unassign.token(), answer);
            case Step.Change change -> token(change.token(), answer);
            case Step.RenameUnchanged rename -> token(rename.token(), answer);
            case Step.Expire expire -> token(expire.token(), answer);
            case Step.Renew renew -> token(renew.token(), answer);
            case Step.Roll roll -> token(roll.token(), answer);
            case Step.Delete delete -> token(delete.token(), null);
            case Step.Claim claim -> token(claim.token(), null);
            case Step.Progress progress -> token(progress.token(), null);
            case Step.Fail fail -> token(fail.token(), null);
            case Step.Release release -> token(release.token(), null);
            case Step.Retry retry -> token(retry.token(), null);
            case Step.Finish finish -> token(finish.token(), null);
        };
    }

    private Optional<String> settled(int place) {
        rows.awaitJobs(calls.models.get(Objects.requireNonNull(reference.modelAt(place))));
        return Optional.empty();
    }

    /// @param answered the token itself, unless it was refused; null: it has to be read
    private Optional<String> token(int place, @Nullable Answer answered) {
        Integer number = reference.tokenAt(place);
        if (number == null) {
            return Optional.empty();
        }
        Answer answer = answered != null && answered.status() < 300 ? answered : calls.read(number);
        return compare(number, answer);
    }

    private Optional<String> compare(int number, Answer answer) {
        TokenState token = reference.tokens.get(number);
        if (!token.exists) {
            return differ("status of a deleted token", Integer.toString(answer.status()), "404");
        }
        Optional<String> difference = differ("token " + number, view(answer.json()), view(token));
        return difference.isPresent() ? difference : tag(number, answer.header("ETag"), token.changes);
    }

    private Optional<String> tag(int number, String tag, int changes) {
        String before = tags.put(number, tag);
        Integer changesBefore = changesAtTag.put(number, changes);
        boolean changed = !Objects.equals(changesBefore, changes);
        return before == null || changed != before.equals(tag)
                ? Optional.empty()
                : Optional.of("the ETag is " + tag + " after " + before + ", and people have " + (changed ? "" : "not ") + "changed the token");
    }

    private static @Nullable String code(Answer answer) {
        return answer.status() < 400 ? null : answer.json().path("code").asText();
    }

    static String access(JsonNode answer) {
        if (answer.get("active").asBoolean()) {
            return "active g" + answer.at("/evaluation_key/generation");
        }
        return answer.path("reason").asText("unknown");
    }

    String view(JsonNode token) {
        return token.get("status").asText() + " " + token.get("custody").asText() + " h" + holders.indexOf(UUID.fromString(token.get("holderId").asText()))
                + " g" + token.get("generation") + " active=" + token.get("activeGeneration") + " model=" + calls.modelNumbers.get(token.get("modelId").asText())
                + " key=" + key(token.get("evaluationKey")) + " pending=" + pending(token.get("pendingReassignment"));
    }

    private static String key(JsonNode key) {
        return key.isNull() ? "null" : "g" + key.get("generation") + " " + key.get("state").asText() + " a" + key.get("attempt");
    }

    private String pending(JsonNode pending) {
        return pending.isNull()
                ? "null"
                : "m" + calls.modelNumbers.get(pending.get("modelId").asText()) + " g" + pending.get("generation") + " " + key(pending.get("evaluationKey"));
    }

    static String view(TokenState token) {
        KeyState present = token.model == null ? null : token.present();
        KeyState pending = token.pending();
        return token.status + " " + token.custody + " h" + token.holder + " g" + token.generation + " active=" + token.active + " model=" + token.model
                + " key=" + (present == null ? "null" : present.facts())
                + " pending=" + (pending == null ? "null" : "m" + token.pendingModel + " g" + token.pendingGeneration + " " + pending.facts());
    }

    /// Everything, of everybody.
    private Optional<String> inTheEnd() {
        return IntStream.range(0, reference.tokens.size())
                .mapToObj(this::tokenInTheEnd)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> IntStream.range(0, reference.models.size()).mapToObj(this::modelInTheEnd).flatMap(Optional::stream).findFirst());
    }

    private Optional<String> tokenInTheEnd(int number) {
        TokenState token = reference.tokens.get(number);
        UUID id = calls.tokens.get(number);
        return compare(number, calls.read(number))
                .or(() -> written(number, token, id))
                .or(() -> IntStream.range(0, reference.models.size())
                        .mapToObj(model -> asked(number, model))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private Optional<String> written(int number, TokenState token, UUID id) {
        return differ("events of token " + number, rows.events(id, calls.modelNumbers), token.events)
                .or(() -> differ("audit trail of token " + number, rows.audit("token_id", id, calls.modelNumbers), token.audit))
                .or(() -> differ("history of token " + number, rows.history(id, calls.modelNumbers), token.history))
                .or(() -> differ("keys of token " + number, rows.keys(id, calls.modelNumbers), token.keys.stream()
                        .map(key -> "m" + key.model() + " " + key.facts() + " " + key.custody() + " h" + key.holder())
                        .toList()));
    }

    private Optional<String> asked(int token, int model) {
        if (!reference.models.get(model).exists) {
            return Optional.empty();
        }
        String answer = access(calls.ask(calls.values.get(token), calls.models.get(model)).json());
        return differ("access of token " + token + " to model " + model, answer, reference.answer(reference.tokens.get(token), model, false));
    }

    private Optional<String> modelInTheEnd(int number) {
        ModelState model = reference.models.get(number);
        UUID id = calls.models.get(number);
        return differ("events of model " + number, rows.events(id, calls.modelNumbers), model.events)
                .or(() -> differ("audit trail of model " + number, rows.audit("model_id", id, calls.modelNumbers), model.audit));
    }

    private static Optional<String> differ(String what, Object is, Object shouldBe) {
        return is.equals(shouldBe) ? Optional.empty() : Optional.of(what + " is\n    " + lines(is) + "\nand not\n    " + lines(shouldBe));
    }

    private static String lines(Object value) {
        return value instanceof List<?> list ? String.join("\n    ", list.stream().map(String::valueOf).toList()) : value.toString();
    }
}
