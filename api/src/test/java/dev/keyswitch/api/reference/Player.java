package dev.keyswitch.api.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.bulk.BulkLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Plays one sequence, step by step, to the API and to the reference, and compares: every answer, the token after every step that was not refused, and in
/// the end all that was told and written of each token and model.
final class Player {

    private final Calls calls;
    private final Rows rows;
    private final Tally tally;
    private final Views views;
    private Reference reference = new Reference();
    private final Map<Integer, String> tags = new HashMap<>();
    private final Map<Integer, Integer> changesAtTag = new HashMap<>();
    private @Nullable Promise promise;
    private int played;

    Player(Calls calls, Rows rows, Tally tally) {
        this.calls = calls;
        this.rows = rows;
        this.tally = tally;
        this.views = new Views(calls);
    }

    /// As it stands after what was played.
    Reference reference() {
        return reference;
    }

    /// How many steps were not left out, each line of a bulk call being one.
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
        Promise promised = promise;
        promise = null;
        if (step instanceof Step.Bulk bulk) {
            return bulk(bulk);
        }
        Supplier<Answer> call = prepared(step);
        Verdict verdict = reference.apply(step);
        if (verdict.equals(Verdict.LEFT_OUT)) {
            return Optional.empty();
        }
        played++;
        tally.add(step, verdict);
        if (step instanceof Step.LoseLease lose) {
            int number = Objects.requireNonNull(reference.tokenAt(lose.token()));
            rows.loseLease(rows.key(calls.tokens.get(number), calls.keyOf(reference, lose).generation()));
            return token(lose.token(), null);
        }
        Answer answer = Objects.requireNonNull(call).get();
        if (answer.status() != verdict.status() || !Objects.equals(code(answer), verdict.code())) {
            return Optional.of("answered " + answer.status() + " " + answer.text() + "\ninstead of " + verdict);
        }
        if (verdict.detail() != null) {
            return Views.differ("access", Views.access(answer.json()), verdict.detail());
        }
        if (!verdict.isGood()) {
            // Nothing has changed, or the next look at it will show what.
            return Optional.empty();
        }
        boolean wasPromised = promised != null && promised.of().equals(step) && answer.bytes().length > 0;
        return afterwards(step, answer).or(() -> wasPromised ? promised.broken(answer.json()) : Optional.empty());
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
            case Step.Register _, Step.Ask _ -> Optional.empty();
            case Step.OfModel ofModel -> {
                rows.awaitJobsOfModel(calls.models.get(Objects.requireNonNull(reference.modelAt(ofModel.model()))));
                yield everyToken();
            }
            case Step.OfKey ofKey -> token(ofKey.token(), null);
            case Step.Delete delete -> token(delete.token(), null);
            case Step.OfToken ofToken -> token(ofToken.token(), answer);
            case Step.RotateRootKey rotate -> {
                rows.awaitJobsOfHolder(calls.holders.get(rotate.holder()));
                yield Views.differ("root key", answer.json().get("rootFingerprint").asText(), Calls.fingerprint(rotate.root()))
                        .or(this::everyToken);
            }
            case Step.Preview preview -> previewed(preview.of(), answer.json()).or(() -> afterPreview(preview.of()));
            case Step.Bulk _ -> Optional.empty();
        };
    }

    private Optional<String> everyToken() {
        return IntStream.range(0, Steps.TOKENS).mapToObj(place -> token(place, null)).flatMap(Optional::stream).findFirst();
    }

    /// As if nothing had happened.
    private Optional<String> afterPreview(Step of) {
        return of instanceof Step.OfToken ofToken && !(of instanceof Step.Create) ? token(ofToken.token(), null) : Optional.empty();
    }

    /// What a preview that was not refused says: what the step would be answered, and what would become of what it is about.
    private Optional<String> previewed(Step of, JsonNode preview) {
        Reference then = reference.fork();
        Optional<String> difference = Views.differ("status in the preview", preview.get("status").asInt(), then.apply(of).status());
        if (difference.isEmpty() && of instanceof Step.RotateRootKey rotate) {
            return Views.differ("root key", preview.at("/after/rootFingerprint").asText(), Calls.fingerprint(rotate.root()));
        }
        if (difference.isPresent() || !(of instanceof Step.OfToken ofToken)) {
            return difference;
        }
        if (!preview.get("after").isNull()) {
            promise = new Promise(of, preview.get("after"));
        }
        if (of instanceof Step.OfKey ofKey) {
            return Views.differ("key before", Views.key(preview.get("before")), calls.keyOf(reference, ofKey).facts())
                    .or(() -> Views.differ("key after", Views.key(preview.get("after")), calls.keyOf(then, ofKey).facts()));
        }
        int number = Objects.requireNonNull(then.tokenAt(ofToken.token()));
        TokenState is = of instanceof Step.Create ? null : reference.tokens.get(number);
        TokenState willBe = then.tokens.get(number);
        return Views.differ("before", views.orNothing(preview.get("before")), Views.orNothing(is))
                .or(() -> Views.differ("after", views.orNothing(preview.get("after")), Views.orNothing(willBe)))
                .or(() -> Views.differ("evaluation keys", Views.changedKeys(preview.get("evaluationKeys")), Views.changedKeys(is, willBe)));
    }

    /// @param view of the token after this line; null if it is not answered
    private record Meant(Step.Line line, BulkLine said, Verdict verdict, int number, @Nullable String view) {}

    private Optional<String> bulk(Step.Bulk bulk) {
        Reference then = reference.fork();
        List<Meant> meant = new ArrayList<>();
        bulk.lines().forEach(line -> meant(line, then).ifPresent(meant::add));
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        String idempotencyKey = UUID.randomUUID().toString();
        List<BulkLine> lines = meant.stream().map(Meant::said).toList();
        List<JsonNode> answers = calls.bulk(lines, idempotencyKey);
        played += meant.size();
        reference = then;
        for (int i = 0; i < meant.size(); i++) {
            Optional<String> difference = i < answers.size() ? line(i + 1, meant.get(i), answers.get(i)) : Optional.of("no answer to line " + (i + 1));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return (bulk.again() ? replayed(answers, calls.bulk(lines, idempotencyKey)) : Optional.<String>empty())
                .or(() -> meant.stream()
                        .map(one -> token(one.line().does().token(), null))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /// Empty if the line is left out; the others are done in `then`.
    private Optional<Meant> meant(Step.Line line, Reference then) {
        BulkLine said;
        try {
            said = calls.line(line, then);
        } catch (NullPointerException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
        Verdict verdict = then.apply(line);
        if (verdict.equals(Verdict.LEFT_OUT)) {
            return Optional.empty();
        }
        tally.add(line, verdict);
        int number = Objects.requireNonNull(then.tokenAt(line.does().token()));
        TokenState token = then.tokens.get(number);
        return Optional.of(new Meant(line, said, verdict, number, verdict.isGood() && token.exists ? Views.of(token) : null));
    }

    private Optional<String> line(int number, Meant meant, JsonNode answer) {
        if (answer.get("line").asInt() != number
                || answer.get("status").asInt() != meant.verdict().status()
                || !Objects.equals(answer.at("/problem/code").textValue(), meant.verdict().code())) {
            return Optional.of("line " + number + " " + meant.line() + " was answered " + answer + "\ninstead of " + meant.verdict());
        }
        if (meant.view() == null) {
            return Optional.empty();
        }
        calls.learn(meant.line().does(), meant.number(), answer.get("token"), answer.get("etag").asText());
        return Views.differ("token " + meant.number() + " after line " + number, views.of(answer.get("token")), meant.view());
    }

    /// The same again, and said to be.
    private static Optional<String> replayed(List<JsonNode> first, List<JsonNode> again) {
        return again.stream()
                .filter(answer -> !answer.path("replayed").asBoolean())
                .findFirst()
                .map(answer -> "was done again: " + answer)
                .or(() -> Views.differ("answers told again", withoutReplayed(again), withoutReplayed(first)));
    }

    private static List<JsonNode> withoutReplayed(List<JsonNode> answers) {
        return answers.stream().<JsonNode>map(answer -> ((ObjectNode) answer.deepCopy()).without("replayed")).toList();
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
            return Views.differ("status of a deleted token", Integer.toString(answer.status()), "404");
        }
        Optional<String> difference = Views.differ("token " + number, views.of(answer.json()), Views.of(token));
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
        return Views.differ("events of token " + number, rows.events(id, calls), token.events)
                .or(() -> Views.differ("audit trail of token " + number, rows.audit("token_id", id, calls), token.audit))
                .or(() -> Views.differ("history of token " + number, rows.history(id, calls), token.history))
                .or(() -> Views.differ("keys of token " + number, rows.keys(id, calls), token.keys.stream()
                        .map(key -> "m" + key.model() + " " + key.facts() + " " + key.custody() + " h" + key.holder())
                        .toList()));
    }

    private Optional<String> asked(int token, int model) {
        if (!reference.models.get(model).exists) {
            return Optional.empty();
        }
        String answer = Views.access(calls.ask(calls.values.get(token), calls.models.get(model)).json());
        return Views.differ("access of token " + token + " to model " + model, answer, reference.answer(reference.tokens.get(token), model, false));
    }

    private Optional<String> modelInTheEnd(int number) {
        ModelState model = reference.models.get(number);
        UUID id = calls.models.get(number);
        return Views.differ("events of model " + number, rows.events(id, calls), model.events)
                .or(() -> Views.differ("audit trail of model " + number, rows.audit("model_id", id, calls), model.audit));
    }
}
