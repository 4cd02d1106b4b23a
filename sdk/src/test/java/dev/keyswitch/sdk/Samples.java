package dev.keyswitch.sdk;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import java.util.UUID;

/// Documents as the API answers them.
final class Samples {
    static final UUID MODEL = UUID.fromString("0199a000-0000-7000-8000-000000000001");
    static final UUID TOKEN = UUID.fromString("0199a000-0000-7000-8000-000000000002");
    static final UUID HOLDER = UUID.fromString("0199a000-0000-7000-8000-000000000003");
    static final UUID KEY = UUID.fromString("0199a000-0000-7000-8000-000000000004");
    static final UUID OTHER_KEY = UUID.fromString("0199a000-0000-7000-8000-000000000005");

    private Samples() {}

    static String model(String name) {
        return """
            {"id":"%s","name":"%s","description":"","status":"ACTIVE","encryptionProfile":{"scheme":"CKKS",
            "polyModulusDegree":8192,"coeffModulus":["1152921504606830593"],"rotations":[1,-1],"relinearization":true,
            "keyForm":"SEEDED","sealStamp":"3.7","digest":"aa","parmsId":"bb"},"tokenCount":3,
            "createdAt":"2026-11-23T10:00:00Z","updatedAt":"2026-11-23T10:00:00Z","fromTheFuture":{"x":[1]}}\
            """.formatted(MODEL, name);
    }

    static String token(String evaluationKey) {
        return token(evaluationKey, "null");
    }

    /// @param move a waiting move as JSON
    static String token(String evaluationKey, String move) {
        return """
            {"id":"%s","name":"ward 7","note":"","status":"ACTIVE","custody":"AGENT","holderId":"%s",
            "createdAt":"2026-11-23T10:00:00Z","expiresAt":"2026-12-23T10:00:00Z","modelId":"%s","modelName":"triage",
            "generation":1,"activeGeneration":null,"evaluationKey":%s,"pendingReassignment":%s,"valueHint":"abcd",
            "lastUsedAt":null}\
            """.formatted(TOKEN, HOLDER, MODEL, evaluationKey, move);
    }

    static String move(String evaluationKey) {
        return """
            {"modelId":"%s","generation":2,"evaluationKey":%s,"since":"2026-11-23T10:00:00Z"}\
            """.formatted(MODEL, evaluationKey);
    }

    static String key(UUID id, EvaluationKeyState state, int percent) {
        return key(id, state, percent, "null");
    }

    /// @param sha256 as JSON
    static String key(UUID id, EvaluationKeyState state, int percent, String sha256) {
        return """
            {"id":"%s","tokenId":"%s","modelId":"%s","holderId":"%s","generation":%d,"state":"%s","attempt":1,
            "progressPercent":%d,"sizeBytes":null,"sha256":%s,"rootFingerprint":null,"holderMac":null,"parts":[],
            "requestedAt":"2026-11-23T10:00:00Z","readyAt":null,"generatedBy":"w1","failure":%s}\
            """.formatted(
                        id,
                        TOKEN,
                        MODEL,
                        HOLDER,
                        id.equals(KEY) ? 1 : 2,
                        state,
                        percent,
                        sha256,
                        state == EvaluationKeyState.FAILED ? "\"disk full\"" : "null");
    }
}
