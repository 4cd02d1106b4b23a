package dev.keyswitch.api.reference;

import dev.keyswitch.api.TestClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Several callers at once on the same tokens. What comes out is right if there is an order of their steps, one after the other, in
/// which the rules give every caller the answer it got, and leave every token and all that was told of it as they are.
final class Meeting {

    private final Calls calls;
    private final Rows rows;
    private final Views views;
    private Reference reference;

    /// @param reference with tokens and models, as they are
    Meeting(Calls calls, Rows rows, Reference reference) {
        this.calls = calls;
        this.rows = rows;
        this.views = new Views(calls);
        this.reference = reference;
    }

    /// A step as a caller sees it that looked before: what it says of keys and attempts stays as it was then.
    private record Pinned(Step step, long generation, int attempt) {

        static Optional<Pinned> of(Step step, Reference before) {
            if (!(said(step) instanceof Step.OfKey ofKey)) {
                return Optional.of(new Pinned(step, 0, 0));
            }
            Integer number = before.tokenAt(ofKey.token());
            List<KeyState> keys = number == null ? List.of() : before.tokens.get(number).keys;
            if (keys.size() <= ofKey.key()) {
                return Optional.empty();
            }
            KeyState key = keys.reversed().get(ofKey.key());
            return Optional.of(new Pinned(step, key.generation(), key.attempt()));
        }

        private static Step said(Step step) {
            return step instanceof Step.Preview preview ? preview.of() : step;
        }

        /// The same said at a moment at which there may be more keys and attempts.
        Step at(Reference now) {
            if (!(said(step) instanceof Step.OfKey ofKey)) {
                return step;
            }
            Step at = at(ofKey, now);
            return step instanceof Step.Preview ? new Step.Preview(at) : at;
        }

        private Step at(Step.OfKey ofKey, Reference now) {
            int token = ofKey.token();
            List<KeyState> keys = now.tokens.get(Objects.requireNonNull(now.tokenAt(token))).keys;
            int back = (int) keys.stream().filter(key -> key.generation() > generation).count();
            int more = keys.reversed().get(back).attempt() - attempt;
            return switch (ofKey) {
                case Step.Claim claim -> new Step.Claim(token, back, claim.worker(), claim.takeOver(), claim.stale(), claim.stranger());
                case Step.Retry _ -> new Step.Retry(token, back);
                case Step.LoseLease _ -> new Step.LoseLease(token, back);
                case Step.Progress progress -> new Step.Progress(token, back, progress.late() + more);
                case Step.Fail fail -> new Step.Fail(token, back, fail.late() + more);
                case Step.Release release -> new Step.Release(token, back, release.late() + more);
                case Step.Finish finish -> new Step.Finish(token, back, finish.late() + more);
                case Step.Upload upload -> new Step.Upload(token, back, upload.late() + more);
                case Step.Append append -> new Step.Append(token, back, append.late() + more);
                case Step.Complete complete -> new Step.Complete(token, back, complete.late() + more);
            };
        }
    }

    /// @return what no order explains; empty if one does
    Optional<String> of(List<Step> steps, ExecutorService callers) throws Exception {
        List<Pinned> pinned = new ArrayList<>();
        List<Callable<Answer>> work = new ArrayList<>();
        for (Step step : steps) {
            Optional<Pinned> pin = Pinned.of(step, reference);
            if (pin.isPresent() && isWorthAsking(step)) {
                Supplier<Answer> call = calls.of(step, reference);
                pinned.add(pin.get());
                work.add(call::get);
            }
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Future<Answer> answer : callers.invokeAll(work)) {
            verdicts.add(verdict(answer.get()));
        }
        List<Seen> seen = seen();
        for (List<Integer> order : orders(pinned.size())) {
            Optional<Reference> explained = explained(order, pinned, verdicts, seen);
            if (explained.isPresent()) {
                reference = explained.get();
                return Optional.empty();
            }
        }
        return Optional.of("no order explains what these were answered at once, and what is so now:\n" + told(pinned, verdicts, seen));
    }

    private boolean isWorthAsking(Step step) {
        return !reference.fork().apply(step).equals(Verdict.LEFT_OUT);
    }

    private static Verdict verdict(Answer answer) {
        return new Verdict(answer.status(), answer.status() < 400 ? null : answer.json().path("code").asText(), null);
    }

    private Optional<Reference> explained(List<Integer> order, List<Pinned> pinned, List<Verdict> verdicts, List<Seen> seen) {
        Reference now = reference.fork();
        for (int i : order) {
            Verdict verdict = now.apply(pinned.get(i).at(now));
            if (verdict.status() != verdicts.get(i).status() || !Objects.equals(verdict.code(), verdicts.get(i).code())) {
                return Optional.empty();
            }
        }
        for (int number = 0; number < now.tokens.size(); number++) {
            TokenState token = now.tokens.get(number);
            if (!seen.get(number).equals(new Seen(Views.of(token), token.events, token.audit, token.history))) {
                return Optional.empty();
            }
        }
        return Optional.of(now);
    }

    /// A token as it is, and all that was told and written of it.
    private record Seen(String view, List<String> events, List<String> audit, List<String> history) {}

    private List<Seen> seen() {
        return calls.tokens.stream()
                .map(id -> new Seen(
                        views.of(calls.read(calls.tokens.indexOf(id)).json()),
                        rows.events(id, calls),
                        rows.audit("token_id", id, calls),
                        rows.history(id, calls)))
                .toList();
    }

    private String told(List<Pinned> pinned, List<Verdict> verdicts, List<Seen> seen) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pinned.size(); i++) {
            text.append("  ").append(pinned.get(i)).append(" -> ").append(verdicts.get(i)).append('\n');
        }
        for (int number = 0; number < seen.size(); number++) {
            text.append("  token ").append(number).append(" was ").append(Views.of(reference.tokens.get(number)))
                    .append("\n    is  ").append(seen.get(number).view())
                    .append("\n    events ").append(seen.get(number).events()).append('\n');
        }
        return text.toString();
    }

    private static List<List<Integer>> orders(int size) {
        List<List<Integer>> orders = new ArrayList<>();
        add(orders, new ArrayList<>(), size);
        return orders;
    }

    private static void add(List<List<Integer>> orders, List<Integer> begun, int size) {
        if (begun.size() == size) {
            orders.add(List.copyOf(begun));
        }
        for (int i = 0; i < size; i++) {
            if (!begun.contains(i)) {
                begun.add(i);
                add(orders, begun, size);
                begun.removeLast();
            }
        }
    }
}
