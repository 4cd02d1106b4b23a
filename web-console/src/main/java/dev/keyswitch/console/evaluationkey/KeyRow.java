package dev.keyswitch.console.evaluationkey;

import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.console.page.Times;
import dev.keyswitch.console.session.Names;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An evaluation key as lists show it.
///
/// @param tokenName null if the token is deleted
/// @param modelName null if the model is deleted
/// @param now when the page was made
public record KeyRow(
        EvaluationKey key, KeyPart part, @Nullable String tokenName, @Nullable String modelName, Instant now) {

    static final String LIVE = "/live/evaluation-keys";

    private static final int DIGEST_SHOWN = 12;

    /// With the names of the tokens and models they are for.
    public static List<KeyRow> of(List<EvaluationKey> keys, Names names, Instant now) {
        Map<UUID, String> tokens =
                names.ofTokens(keys.stream().map(EvaluationKey::tokenId).toList());
        Map<UUID, String> models =
                names.ofModels(keys.stream().map(EvaluationKey::modelId).toList());
        return keys.stream()
                .map(key -> {
                    String token = tokens.get(key.tokenId());
                    KeyPart part = KeyPart.of(key, token == null ? "a deleted token" : token);
                    return new KeyRow(key, part, token, models.get(key.modelId()), now);
                })
                .toList();
    }

    /// Address of the events of a page of keys as it is now.
    public static String live(ListRequest asked, Page<EvaluationKey> page) {
        return asked.address(LIVE, asked.cursor()) + (asked.filters().isEmpty() ? "?" : "&") + "shape=" + shape(page);
    }

    static String shape(Page<EvaluationKey> page) {
        return Live.shape(page.items().stream()
                .map(key -> key.id() + " " + key.state() + key.attempt())
                .toList());
    }

    public String tokenPath() {
        return "/tokens/" + key.tokenId();
    }

    public String modelPath() {
        return "/models/" + key.modelId() + "/tokens";
    }

    /// Empty until it is known.
    public String size() {
        return key.sizeBytes() == null ? "" : Sizes.bytes(key.sizeBytes());
    }

    /// From the request to READY; empty until then.
    public String madeIn() {
        Instant ready = key.readyAt();
        return ready == null ? "" : Times.duration(Duration.between(key.requestedAt(), ready));
    }

    /// What the holder spent on computing alone; empty if it did not tell.
    public String computedIn() {
        return key.generationMillis() == null ? "" : Times.duration(Duration.ofMillis(key.generationMillis()));
    }

    /// The beginning of the digest; empty until it is known.
    public String digest() {
        return key.sha256() == null ? "" : key.sha256().substring(0, DIGEST_SHOWN) + "…";
    }

    /// Name of the worker; empty if there was none yet.
    public String worker() {
        return key.generatedBy() == null ? "" : key.generatedBy();
    }
}
