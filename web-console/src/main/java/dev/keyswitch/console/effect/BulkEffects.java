package dev.keyswitch.console.effect;

import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.bulk.BulkLine;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one action for many tokens brings about: asked of the API line by line, counted here.
public final class BulkEffects {

    private static final Set<EvaluationKeyState> ENDED =
            EnumSet.of(EvaluationKeyState.SUPERSEDED, EvaluationKeyState.REVOKED);

    private final List<Change> changes;
    private final Map<UUID, String> refused;
    private final Queries queries;

    /// @param after null if it would be deleted
    private record Change(Token before, @Nullable Token after) {}

    private BulkEffects(List<Change> changes, Map<UUID, String> refused, Queries queries) {
        this.changes = changes;
        this.refused = refused;
        this.queries = queries;
    }

    public static BulkEffects of(KeyswitchClient client, List<BulkLine> lines, Instant now) {
        List<UUID> ids = lines.stream().map(line -> Objects.requireNonNull(line.tokenId())).toList();
        Map<UUID, Token> before =
                client.tokens().withIds(ids).stream().collect(Collectors.toMap(Token::id, Function.identity()));
        List<BulkAnswer> answers = client.bulk().dryRun().run(lines);
        List<Change> changes = IntStream.range(0, ids.size())
                .filter(i -> answers.get(i).isGood() && before.containsKey(ids.get(i)))
                .mapToObj(i -> new Change(Objects.requireNonNull(before.get(ids.get(i))), answers.get(i).token()))
                .toList();
        Map<UUID, String> refused = new LinkedHashMap<>();
        IntStream.range(0, ids.size())
                .filter(i -> !answers.get(i).isGood())
                .forEach(i -> refused.put(ids.get(i), reason(answers.get(i))));
        Stream<@Nullable UUID> models = changes.stream()
                .flatMap(change -> Stream.of(change.before(), change.after()))
                .map(token -> token == null ? null : token.modelId());
        return new BulkEffects(changes, refused, Queries.of(client, models.distinct().toList(), now));
    }

    /// Tokens that it would be done to.
    public List<Token> changed() {
        return changes.stream().map(Change::before).toList();
    }

    /// Those that it would not be done to, with the API's reason, in the order of the lines.
    public Map<UUID, String> refused() {
        return Collections.unmodifiableMap(refused);
    }

    /// Why a line is refused.
    public static String reason(BulkAnswer answer) {
        return answer.problem() == null
                ? "The API refused with status " + answer.status() + "."
                : answer.problem().detail();
    }

    /// @param each what one of the new keys takes, if all are alike; null if that is not known
    public List<String> sentences(@Nullable KeyWork each) {
        List<String> sentences = new ArrayList<>();
        long made = changes.stream().filter(BulkEffects::asksForKey).count();
        if (made > 0) {
            sentences.add(Sizes.count(made, "new evaluation key is", "new evaluation keys are") + " made"
                    + (each == null ? "" : ": " + Work.words(new KeyWork(made, made * each.sizeBytes(), made * each.seconds()))) + ".");
        }
        long ended = changes.stream().filter(BulkEffects::endsKey).count();
        if (ended > 0) {
            sentences.add(Sizes.count(ended, "evaluation key is", "evaluation keys are") + " revoked.");
        }
        long moves = changes.stream().filter(BulkEffects::endsMove).count();
        if (moves > 0) {
            sentences.add(Sizes.count(moves, "move that waits is", "moves that wait are") + " canceled.");
        }
        long stopped = changes.stream().filter(change -> answered(change.before()) && !answered(change.after())).count();
        if (stopped > 0) {
            sentences.add("Queries of " + Sizes.count(stopped, "token", "tokens") + ", answered now, are refused from that moment on.");
        }
        long begun = changes.stream().filter(change -> !answered(change.before()) && answered(change.after())).count();
        if (begun > 0) {
            sentences.add("Queries of " + Sizes.count(begun, "token", "tokens") + ", refused now, are answered again.");
        }
        return sentences;
    }

    private boolean answered(@Nullable Token token) {
        return queries.refusal(token) == null;
    }

    private static boolean asksForKey(Change change) {
        EvaluationKey after = change.after() == null ? null : change.after().evaluationKey();
        EvaluationKey before = change.before().evaluationKey();
        return after != null
                && after.state() == EvaluationKeyState.REQUESTED
                && (before == null || after.generation() > before.generation());
    }

    private static boolean endsKey(Change change) {
        EvaluationKey before = change.before().evaluationKey();
        EvaluationKey after = change.after() == null ? null : change.after().evaluationKey();
        boolean lasts = after != null && before != null && after.generation() == before.generation() && !ENDED.contains(after.state());
        return before != null && !ENDED.contains(before.state()) && !lasts;
    }

    private static boolean endsMove(Change change) {
        return change.before().pendingReassignment() != null
                && (change.after() == null || change.after().pendingReassignment() == null);
    }
}
