package dev.keyswitch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.Json;
import dev.keyswitch.sdk.Peer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the API answers.
final class Samples {
    static final UUID DEPLOYMENT = UUID.fromString("0199a000-0000-7000-8000-00000000000d");
    static final UUID HOLDER = UUID.fromString("0199a000-0000-7000-8000-00000000000a");
    static final UUID MODEL = UUID.fromString("0199a000-0000-7000-8000-000000000001");
    static final UUID OTHER_MODEL = UUID.fromString("0199a000-0000-7000-8000-000000000002");
    static final UUID TOKEN = UUID.fromString("0199a000-0000-7000-8000-000000000011");
    static final UUID OTHER_TOKEN = UUID.fromString("0199a000-0000-7000-8000-000000000012");
    static final UUID KEY = UUID.fromString("0199a000-0000-7000-8000-000000000021");
    static final UUID OTHER_KEY = UUID.fromString("0199a000-0000-7000-8000-000000000022");

    private static final Instant MORNING = Instant.parse("2026-11-23T09:05:07Z");
    private static final Instant NEXT_CENTURY = Instant.parse("2126-11-23T09:05:07Z");

    private Samples() {}

    static Model triage() {
        return model(
                MODEL,
                "triage",
                EncryptionProfile.ckks(8192, 60, 40, 40, 60).withRotations(Rotations.steps(1, -1, 0)),
                12);
    }

    static Model fraud() {
        return model(OTHER_MODEL, "fraud", EncryptionProfile.bfv(4096, 20, 36, 36, 37), 1);
    }

    private static Model model(UUID id, String name, EncryptionProfile requested, long tokens) {
        EncryptionProfile resolved = EncryptionProfiles.describe(EncryptionProfiles.resolve(requested));
        return new Model(id, name, "scores a case", ModelStatus.ACTIVE, resolved, tokens, MORNING, MORNING, null);
    }

    static Token unassigned(UUID id, String name) {
        return token(id, name, null, null);
    }

    static Token assigned(UUID id, String name, EvaluationKey key) {
        return token(id, name, key, null);
    }

    /// Assigned to triage, and about to move to fraud.
    static Token moving(UUID id, String name, EvaluationKey present, EvaluationKey next) {
        return token(id, name, present, new PendingReassignment(OTHER_MODEL, next.generation(), next, MORNING), null);
    }

    static Token token(UUID id, String name, @Nullable EvaluationKey key, @Nullable String value) {
        return token(id, name, key, null, value);
    }

    private static Token token(
            UUID id,
            String name,
            @Nullable EvaluationKey key,
            @Nullable PendingReassignment move,
            @Nullable String value) {
        return new Token(
                id,
                name,
                "",
                TokenStatus.ACTIVE,
                Custody.AGENT,
                HOLDER,
                MORNING,
                NEXT_CENTURY,
                key == null ? null : MODEL,
                key == null ? null : "triage",
                key == null ? 0 : key.generation(),
                null,
                key,
                move,
                "wxyz",
                null,
                value);
    }

    static EvaluationKey key(EvaluationKeyState state, int percent) {
        return key(state, percent, null, null);
    }

    static EvaluationKey key(
            EvaluationKeyState state, int percent, @Nullable String rootFingerprint, @Nullable String holderMac) {
        return key(KEY, state, percent, rootFingerprint, holderMac);
    }

    /// For the model the token is about to move to.
    static EvaluationKey key(UUID id, EvaluationKeyState state, int percent) {
        return key(id, state, percent, null, null);
    }

    private static EvaluationKey key(
            UUID id,
            EvaluationKeyState state,
            int percent,
            @Nullable String rootFingerprint,
            @Nullable String holderMac) {
        boolean ready = state == EvaluationKeyState.READY;
        return new EvaluationKey(
                id,
                TOKEN,
                id.equals(KEY) ? MODEL : OTHER_MODEL,
                HOLDER,
                id.equals(KEY) ? 3 : 4,
                state,
                1,
                percent,
                ready ? 12_345_678L : null,
                ready ? "ab".repeat(32) : null,
                rootFingerprint,
                holderMac,
                ready
                        ? List.of(new EvaluationKeyPart(EvaluationKeyPart.Kind.RELINEARIZATION, 0, 12_345_678))
                        : List.of(),
                MORNING,
                MORNING,
                ready ? MORNING : null,
                ready ? 840L : null,
                "worker-1",
                state == EvaluationKeyState.FAILED ? "disk full" : null);
    }

    static Peer.Reply answer(Object record) {
        return Peer.json(200, json(record));
    }

    static Peer.Reply page(Object... items) {
        return answer(new Page<>(List.of(items), null));
    }

    static String json(Object record) {
        try {
            return Json.mapper().writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
