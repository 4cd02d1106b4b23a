package dev.keyswitch.api.preview;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.PreviewedKey;
import dev.keyswitch.keygen.KeyEstimate;
import dev.keyswitch.profile.EncryptionProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a change means for evaluation keys: the difference between two looks at them.
record KeyChanges(List<PreviewedKey> changed, @Nullable KeyWork work) {

    static KeyChanges between(List<SeenKey> before, List<SeenKey> after, List<LaterKeys> later) {
        Map<Object, SeenKey> known = before.stream().collect(Collectors.toMap(SeenKey::id, Function.identity()));
        List<PreviewedKey> changed = new ArrayList<>();
        List<LaterKeys> wanted = new ArrayList<>(later);
        for (SeenKey key : after) {
            SeenKey then = known.get(key.id());
            if (then == null || then.state() != key.state()) {
                changed.add(new PreviewedKey(
                        key.id(), key.modelId(), key.generation(), then == null ? null : then.state(), key.state()));
            }
            if (then == null && key.state() == EvaluationKeyState.REQUESTED) {
                wanted.add(new LaterKeys(1, key.profile()));
            }
        }
        return new KeyChanges(changed, work(wanted));
    }

    private static @Nullable KeyWork work(List<LaterKeys> wanted) {
        long keys = 0;
        long bytes = 0;
        double seconds = 0;
        for (LaterKeys some : wanted) {
            KeyEstimate each = KeyEstimate.of(EncryptionProfiles.of(some.profile()));
            keys += some.count();
            bytes += some.count() * each.sizeBytes();
            seconds += some.count() * each.generation().toNanos() / 1e9;
        }
        return keys == 0 ? null : new KeyWork(keys, bytes, Math.round(seconds * 1e6) / 1e6);
    }
}
