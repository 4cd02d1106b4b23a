package dev.keyswitch.console.effect;

import dev.keyswitch.console.effect.Queries.Refusal;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.preview.PreviewedKey;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a change of a token brings about.
public final class TokenEffects {

    private final Preview<Token> preview;
    private final Queries queries;

    private TokenEffects(Preview<Token> preview, Queries queries) {
        this.preview = preview;
        this.queries = queries;
    }

    public static List<String> of(KeyswitchClient client, Preview<Token> preview, Instant now) {
        Stream<@Nullable UUID> models = Stream.concat(
                Stream.of(preview.before(), preview.after()).map(token -> token == null ? null : token.modelId()),
                preview.evaluationKeys().stream().map(PreviewedKey::modelId));
        return new TokenEffects(preview, Queries.of(client, models.toList(), now)).sentences();
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        Token before = preview.before();
        Token after = preview.after();
        if (before != null && before.modelId() != null && (after == null || after.modelId() == null)) {
            sentences.add("Its assignment to " + before.modelName() + " ends.");
        }
        preview.evaluationKeys().forEach(key -> sentences.add(sentence(key)));
        if (before != null && before.pendingReassignment() != null && (after == null || after.pendingReassignment() == null)) {
            UUID wanted = before.pendingReassignment().modelId();
            boolean there = after != null && wanted.equals(after.modelId());
            sentences.add(there ? "It no longer waits to move there." : "The move that waits is canceled.");
        }
        Refusal refusal = queries.refusal(before);
        if (before != null && refusal != null && moves(before, after)) {
            sentences.add("It stays with " + before.modelName() + " until the new key is ready.");
        }
        sentences.add(queries(refusal, queries.refusal(after)));
        return sentences.stream().filter(text -> !text.isEmpty()).toList();
    }

    private String sentence(PreviewedKey key) {
        String model = queries.name(key.modelId());
        EvaluationKeyState before = key.before();
        if (before == null) {
            KeyWork work = preview.keyWork();
            boolean byHand = preview.after() != null && preview.after().custody() == Custody.HOLDER;
            return "A new evaluation key is made for " + model + (work == null ? "" : ": " + Work.words(work)) + "."
                    + (byHand ? " It waits until a person or program of the key holder makes it." : "");
        }
        String which = "The evaluation key for " + model + ", generation " + key.generation() + " (" + word(before) + "), is ";
        return which + word(key.after()) + ".";
    }

    private static String word(EvaluationKeyState state) {
        return state == EvaluationKeyState.REQUESTED ? "waiting" : state.name().toLowerCase(Locale.ROOT);
    }

    private String queries(@Nullable Refusal before, @Nullable Refusal after) {
        Token was = preview.before();
        Token is = preview.after();
        if (was == null || before == null && after == null && !moves(was, is)) {
            return "";
        }
        if (before == null && after == null) {
            return "Queries to " + was.modelName() + " are answered until the new key is ready; none is refused.";
        }
        if (before == null) {
            return after == Refusal.NO_KEY
                    ? "Encrypted queries, answered now, are refused until the new key is ready."
                    : "Queries to " + was.modelName() + ", answered now, are refused from that moment on.";
        }
        if (after == null) {
            return "Queries to " + Objects.requireNonNull(is).modelName() + ", refused now, are answered again.";
        }
        if (after == Refusal.NO_KEY) {
            return "Encrypted queries are answered as soon as the new key is ready; now they are refused, because " + before.words() + ".";
        }
        return before == after ? "Queries are refused, now and then: " + after.words() + "." : "No query is answered now, because " + before.words() + ".";
    }

    private static boolean moves(Token before, @Nullable Token after) {
        PendingReassignment move = after == null ? null : after.pendingReassignment();
        return move != null && !move.equals(before.pendingReassignment());
    }
}
