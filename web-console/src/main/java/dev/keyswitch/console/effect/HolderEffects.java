package dev.keyswitch.console.effect;

import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What another root key of a key holder brings about.
public final class HolderEffects {

    private HolderEffects() {}

    public static List<String> ofRotation(Preview<Holder> preview) {
        Holder after = Objects.requireNonNull(preview.after(), "a key holder that is changed stays");
        long tokens = after.rotation() == null ? 0 : after.rotation().total();
        KeyWork work = preview.keyWork();
        List<String> sentences = new ArrayList<>();
        sentences.add("Workers that have the former root key get no more work, from that moment on.");
        if (work == null) {
            sentences.add(tokens == 0
                    ? "It has no assigned token, so no evaluation key is replaced."
                    : "No evaluation key of its " + Sizes.count(tokens, "assigned token", "assigned tokens")
                            + " comes from another root key, so none is replaced.");
            return sentences;
        }
        sentences.add(Sizes.count(work.keys(), "evaluation key", "evaluation keys") + " of "
                + Sizes.count(tokens, "assigned token", "assigned tokens") + (work.keys() == 1 ? " comes" : " come")
                + " from another root key and " + (work.keys() == 1 ? "is" : "are") + " made again: " + Work.words(work) + ".");
        sentences.add("Encrypted queries of a token are refused from its turn on until its new key is ready. While no worker works, no key is replaced.");
        return sentences;
    }

    /// Whether the root key that was asked for is the one it has.
    public static boolean sameRootKey(Preview<Holder> preview) {
        return preview.before() != null
                && preview.after() != null
                && Objects.equals(preview.before().rootFingerprint(), preview.after().rootFingerprint());
    }
}
