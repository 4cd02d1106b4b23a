package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.ReleaseEvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.contract.value.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Evaluation keys: reading, downloading, and, for a key holder's worker, making them.
public final class EvaluationKeys {
    private static final TypeReference<Page<EvaluationKey>> PAGE = new TypeReference<>() {};

    private final Wire wire;

    EvaluationKeys(Wire wire) {
        this.wire = wire;
    }

    public EvaluationKey get(UUID evaluationKey) {
        return wire.get(path(evaluationKey), EvaluationKey.class);
    }

    /// One page.
    public Page<EvaluationKey> list(EvaluationKeyQuery query) {
        return wire.get(query.target(), PAGE);
    }

    /// Every page from the query's cursor on, fetched as the stream is read.
    public Stream<EvaluationKey> all(EvaluationKeyQuery query) {
        return Pages.stream(cursor -> list(query.cursor(cursor)), query.cursor());
    }

    /// Takes the lease. Not retried once the server may have seen it: a lost answer costs one lease time.
    public EvaluationKeyClaim claim(UUID evaluationKey, ClaimEvaluationKey claim) {
        return wire.post(path(evaluationKey) + "/claim", claim, EvaluationKeyClaim.class);
    }

    /// Prolongs the lease of this attempt.
    public EvaluationKey progress(UUID evaluationKey, ReportProgress progress) {
        return wire.exchange(
                "POST", path(evaluationKey) + "/progress", progress, EvaluationKey.class, UnaryOperator.identity());
    }

    /// Gives this attempt up.
    public EvaluationKey fail(UUID evaluationKey, ReportFailure failure) {
        return wire.post(path(evaluationKey) + "/fail", failure, EvaluationKey.class);
    }

    /// Hands the work of this attempt back: other workers hear of it at once.
    public EvaluationKey release(UUID evaluationKey, int attempt) {
        return wire.post(path(evaluationKey) + "/release", new ReleaseEvaluationKey(attempt), EvaluationKey.class);
    }

    /// Asks again for an evaluation key that FAILED.
    public EvaluationKey retry(UUID evaluationKey) {
        return wire.post(path(evaluationKey) + "/retry", null, EvaluationKey.class);
    }

    /// The content as a stream that goes on after a cut, and that ends only if the SHA-256 of all bytes is the
    /// announced one: use nothing of it before its end. Reading throws [KeyswitchException]s. The caller closes it.
    public InputStream content(UUID evaluationKey) {
        return EvaluationKeyContent.open(wire, path(evaluationKey) + "/content");
    }

    /// Copies the content to `out`, which stays open. Once this returns, the bytes have the announced SHA-256.
    ///
    /// @return bytes written
    /// @throws IOException if `out` does
    public long download(UUID evaluationKey, OutputStream out) throws IOException {
        try (InputStream content = content(evaluationKey)) {
            return content.transferTo(out);
        }
    }

    /// Begins the upload of one attempt. Write exactly `sizeBytes` bytes, then complete it.
    public EvaluationKeyUpload upload(UUID evaluationKey, int attempt, long sizeBytes) {
        return EvaluationKeyUpload.begin(wire, path(evaluationKey), attempt, sizeBytes);
    }

    private static String path(UUID evaluationKey) {
        return "/v1/evaluation-keys/" + evaluationKey;
    }
}
