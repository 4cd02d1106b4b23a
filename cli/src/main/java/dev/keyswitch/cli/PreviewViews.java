package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.preview.PreviewedKey;
import dev.keyswitch.contract.token.Token;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What would happen, as people read it: `before -> after` where something would change.
final class PreviewViews {
    private PreviewViews() {}

    static Facts token(Terminal terminal, Preview<Token> preview) {
        Facts facts = new Facts()
                .with("token", change(preview, Token::name))
                .with("id", preview.before() == null ? null : preview.before().id())
                .with("status", change(preview, Token::status))
                .with("note", change(preview, Token::note))
                .with("expires", change(preview, token -> terminal.time(token.expiresAt())))
                .with("custody", change(preview, Token::custody))
                .with("model", change(preview, token -> token.modelName() == null ? "none" : token.modelName()))
                .with("moving to", change(preview, token -> token.pendingReassignment() == null
                        ? null
                        : token.pendingReassignment().modelId()));
        return keys(facts, preview);
    }

    static Facts model(Preview<Model> preview) {
        Facts facts = new Facts()
                .with("model", change(preview, Model::name))
                .with("id", preview.before() == null ? null : preview.before().id())
                .with("status", change(preview, Model::status))
                .with("profile digest", change(preview, model -> model.encryptionProfile().digest()))
                .with("tokens", change(preview, Model::tokenCount))
                .with("job", preview.after() == null || preview.after().job() == null
                        ? null
                        : preview.after().job().kind() + ", " + preview.after().job().total() + " tokens");
        return keys(facts, preview);
    }

    private static Facts keys(Facts facts, Preview<?> preview) {
        for (PreviewedKey key : preview.evaluationKeys()) {
            EvaluationKeyState before = key.before();
            facts.with("key of generation " + key.generation(), (before == null ? "new" : before) + " -> " + key.after());
        }
        KeyWork work = preview.keyWork();
        return work == null
                ? facts
                : facts.with("keys to make", work.keys())
                        .with("size", Size.of(work.sizeBytes()))
                        .with("work", String.format(Locale.ROOT, "about %.1f s on one core", work.seconds()));
    }

    /// Null if there is nothing before and after.
    private static <T> @Nullable String change(Preview<T> preview, Function<T, @Nullable Object> fact) {
        String before = preview.before() == null ? "(not there)" : text(fact.apply(preview.before()));
        String after = preview.after() == null ? "(gone)" : text(fact.apply(preview.after()));
        if (before.equals(after)) {
            return after.equals("-") ? null : after;
        }
        return before + " -> " + after;
    }

    private static String text(@Nullable Object fact) {
        return fact == null || fact.toString().isEmpty() ? "-" : fact.toString();
    }
}
