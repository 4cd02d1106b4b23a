package dev.keyswitch.console.evaluationkey;

import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.session.Names;
import dev.keyswitch.contract.account.Overview;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Evaluation keys that are not READY yet: being made, waiting, given up.
record Queue(
        Overview.Keys numbers, Page<EvaluationKey> made, Page<EvaluationKey> waiting, Page<EvaluationKey> failed) {

    private static final int EACH = 25;

    static Queue of(KeyswitchClient client) {
        return new Queue(
                client.overview().evaluationKeys(),
                page(client, EvaluationKeyState.GENERATING),
                page(client, EvaluationKeyState.REQUESTED),
                page(client, EvaluationKeyState.FAILED));
    }

    private static Page<EvaluationKey> page(KeyswitchClient client, EvaluationKeyState state) {
        return client.evaluationKeys()
                .list(EvaluationKeyQuery.everything().state(state).limit(EACH));
    }

    List<EvaluationKey> generating() {
        return made.items();
    }

    boolean moving() {
        return !made.items().isEmpty() || !waiting.items().isEmpty();
    }

    String shape() {
        return Live.shape(
                numbers,
                Stream.of(made, waiting, failed)
                        .flatMap(page -> page.items().stream())
                        .map(key -> key.id() + " " + key.state() + key.attempt())
                        .toList());
    }

    List<KeyGroup> groups(Names names, Instant now) {
        return List.of(
                group("Generating", "GENERATING", "Nothing is being made now.", made, names, now),
                group("Waiting", "REQUESTED", "Nothing waits for a worker.", waiting, names, now),
                group("Failed", "FAILED", "Nothing has failed.", failed, names, now));
    }

    private static KeyGroup group(
            String title, String state, String none, Page<EvaluationKey> page, Names names, Instant now) {
        return new KeyGroup(title, state, none, KeyRow.of(page.items(), names, now), page.nextCursor() != null);
    }
}
