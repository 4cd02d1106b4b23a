package dev.keyswitch.api.openapi;

import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.access.Self;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Overview;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.preview.PreviewedKey;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.Assignment;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.contract.value.ShownOnceValue;
import dev.keyswitch.keygen.KeyEstimate;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.profile.EvaluationKeyParts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One answer of each kind: records as the API answers them, of one token of one model, so that a field that is new or gone is so here, too.
/// What is computed is computed: the profile's digest, the size of its keys.
final class Examples {

    private static final Instant MORNING = Instant.parse("2026-11-30T08:30:00Z");
    private static final KeyProfile PROFILE = EncryptionProfiles.resolve(EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.steps(1)));
    private static final UUID DEPLOYMENT = id(1);
    private static final UUID ACCOUNT = id(2);
    private static final UUID HOLDER = id(3);
    private static final UUID CREDENTIAL = id(4);
    private static final UUID MODEL = id(5);
    private static final UUID TOKEN = id(6);
    private static final UUID KEY = id(7);

    private final Map<String, Object> bySchema = new LinkedHashMap<>();

    private Examples() {}

    /// By the name of their schema.
    static Map<String, Object> all() {
        Examples examples = new Examples();
        examples.ofTokens();
        examples.ofModelsAndKeys();
        examples.ofAccounts();
        return examples.bySchema;
    }

    private void ofTokens() {
        Token token = token(EvaluationKeyState.READY);
        kind("Token", token);
        PreviewedKey asked = new PreviewedKey(KEY, MODEL, 1, null, EvaluationKeyState.REQUESTED);
        double seconds = Math.round(KeyEstimate.of(PROFILE).generation().toNanos() / 1e3) / 1e6;
        bySchema.put("PreviewOfToken", new Preview<>(
                200, token(null), token(EvaluationKeyState.REQUESTED), List.of(asked), new KeyWork(1, size(), seconds)));
        kind("Assignment", new Assignment(MODEL, "Credit scoring", 1, MORNING, null, null));
        kind("AuditedChange", new AuditedChange(
                MORNING, "operator", CREDENTIAL, "token.assigned", TOKEN, MODEL, id(8).toString(), Map.of("generation", 0), Map.of("generation", 1)));
        bySchema.put("BulkAnswer", new BulkAnswer(1, 200, "\"1\"", token, null, null));
        bySchema.put("Introspection", new Introspection(
                true,
                TOKEN,
                MODEL,
                token.expiresAt().getEpochSecond(),
                null,
                new Introspection.EvaluationKeyReference(KEY, 1, hex('b'), "/v1/evaluation-keys/" + KEY + "/content")));
        bySchema.put("Self", new Self(
                true, null, DEPLOYMENT, TOKEN, token.name(), token.status(), token.expiresAt(), HOLDER, MODEL, "Credit scoring", 1L,
                EncryptionProfiles.describe(PROFILE), key(EvaluationKeyState.READY)));
        bySchema.put("Problem", Problem.of(
                ProblemCode.TOKEN_ALREADY_ASSIGNED,
                "The token Ada Lovelace is assigned to the model Credit scoring.",
                id(8).toString(),
                List.of(),
                Map.of("currentModelId", MODEL)));
    }

    private void ofModelsAndKeys() {
        Model model = model(ModelStatus.ACTIVE);
        kind("Model", model);
        preview("Model", 200, model, model(ModelStatus.INACTIVE));
        kind("EvaluationKey", key(EvaluationKeyState.READY));
        preview("EvaluationKey", 200, key(EvaluationKeyState.REQUESTED), key(EvaluationKeyState.GENERATING));
        bySchema.put("EvaluationKeyClaim", new EvaluationKeyClaim(
                DEPLOYMENT, KEY, TOKEN, MODEL, 1, 1, EncryptionProfiles.describe(PROFILE), MORNING.plus(Duration.ofMinutes(1))));
        bySchema.put("Upload", new Upload(id(9), KEY, 1, size(), 0));
    }

    private void ofAccounts() {
        Account account = account(30);
        Credential credential = new Credential(CREDENTIAL, "operator", Role.OPERATOR, null, null, "0000", MORNING, MORNING, null);
        Holder holder = new Holder(HOLDER, "default", hex('f'), true, MORNING, null);
        kind("Account", account);
        preview("Account", 200, account, account(60));
        kind("Credential", credential);
        preview("Credential", 204, credential, null);
        kind("Holder", holder);
        preview("Holder", 201, null, holder);
        bySchema.put("CreatedAccount", new CreatedAccount(
                account,
                new Credential(id(10), "first owner", Role.OWNER, null, null, "0000", MORNING, null, nobodysValue())));
        bySchema.put("Whoami", new Whoami(CREDENTIAL, "operator", Role.OPERATOR, ACCOUNT, "acme", null, DEPLOYMENT));
        bySchema.put("Overview", new Overview(new Overview.Models(1, 0), new Overview.Tokens(3, 2, 0, 0, 0, 1), new Overview.Keys(0, 0, 0, 1, null)));
    }

    /// Of its own, and on a page of a list.
    private void kind(String name, Object example) {
        bySchema.put(name, example);
        bySchema.put("PageOf" + name, new Page<>(List.of(example), null));
    }

    /// Of a change that touches no evaluation keys of a token.
    private <T> void preview(String name, int status, @Nullable T before, @Nullable T after) {
        bySchema.put("PreviewOf" + name, new Preview<>(status, before, after, List.of(), null));
    }

    /// @param state of its key; null: unassigned
    private static Token token(@Nullable EvaluationKeyState state) {
        return new Token(
                TOKEN,
                "Ada Lovelace",
                "",
                TokenStatus.ACTIVE,
                Custody.AGENT,
                HOLDER,
                MORNING,
                MORNING.plus(Duration.ofDays(30)),
                state == null ? null : MODEL,
                state == null ? null : "Credit scoring",
                state == null ? 0 : 1,
                state == EvaluationKeyState.READY ? 1L : null,
                state == null ? null : key(state),
                null,
                "0000",
                null,
                null);
    }

    private static Model model(ModelStatus status) {
        return new Model(
                MODEL, "Credit scoring", "", status, EncryptionProfiles.describe(PROFILE), 1, MORNING, MORNING, null);
    }

    private static Account account(int lifetimeDays) {
        return new Account(ACCOUNT, "acme", "Acme", DEPLOYMENT, HOLDER, lifetimeDays, MORNING, null);
    }

    /// As far as it is in this state.
    private static EvaluationKey key(EvaluationKeyState state) {
        boolean ready = state == EvaluationKeyState.READY;
        boolean claimed = ready || state == EvaluationKeyState.GENERATING;
        return new EvaluationKey(
                KEY,
                TOKEN,
                MODEL,
                HOLDER,
                1,
                state,
                claimed ? 1 : 0,
                ready ? 100 : 0,
                ready ? size() : null,
                ready ? hex('b') : null,
                claimed ? hex('f') : null,
                ready ? hex('a') : null,
                ready ? EvaluationKeyParts.of(PROFILE.layout()) : List.of(),
                MORNING,
                claimed ? MORNING.plusMillis(80) : null,
                ready ? MORNING.plusMillis(410) : null,
                ready ? 62L : null,
                claimed ? "worker-1" : null,
                null);
    }

    private static long size() {
        return PROFILE.layout().sizeBytes();
    }

    private static String hex(char digit) {
        return String.valueOf(digit).repeat(64);
    }

    /// Looks like one and opens nothing.
    private static String nobodysValue() {
        return ShownOnceValue.of(ShownOnceValue.CREDENTIAL_PREFIX, new byte[32]).reveal();
    }

    /// Of version 7, as all are.
    private static UUID id(int number) {
        return UUID.fromString("01a22b80-0000-7000-8000-%012d".formatted(number));
    }
}
