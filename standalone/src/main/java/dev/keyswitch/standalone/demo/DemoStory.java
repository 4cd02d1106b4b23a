package dev.keyswitch.standalone.demo;

import static dev.keyswitch.standalone.demo.DemoReport.require;
import static dev.keyswitch.standalone.demo.DemoReport.seconds;

import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.keygen.Verification;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.TokenQuery;
import dev.keyswitch.standalone.demo.DemoReport.StepFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// One token's life: created, found, assigned, refused elsewhere, moved, removed; each step checked against what must hold.
final class DemoStory {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KeyswitchClient owner;
    private final Path rootKey;
    private final DemoReport report;
    /// Names of a second run beside those of the first.
    private final String run = UUID.randomUUID().toString().substring(0, 6);

    /// @param owner with a credential of role OWNER
    /// @param rootKey the key holder's root key file
    DemoStory(KeyswitchClient owner, Path rootKey, DemoReport report) {
        this.owner = owner;
        this.rootKey = rootKey;
        this.report = report;
    }

    void tell() throws StepFailedException {
        Account account = report.step("the API answers", this::account);
        KeyProof proof = new KeyProof(owner, rootKey, account.deploymentId());
        Model scoring = report.step(
                "register a model: CKKS, degree 8192",
                facts -> register("Credit scoring", ckks(), facts));
        Model counting = report.step(
                "register a model: BFV, degree 4096", facts -> register("Cohort counts", bfv(), facts));
        Token token = report.step("create an unassigned token; its value is shown once", this::create);
        report.step("find it among the unassigned tokens by a part of its name", facts -> find(token, facts));
        EvaluationKey first = report.step(
                "assign it to the first model; a worker makes the evaluation key",
                facts -> assign(token, scoring, facts));
        report.step("the key decrypts, component by component, to what it must", facts -> prove(proof, first, scoring, facts));
        String value = Objects.requireNonNull(token.value());
        KeyswitchClient server = report.step("give a model server a credential of its own", this::gateway);
        report.step("the model server asks: may this token query?", facts -> ask(server, value, scoring, first, facts));
        report.step("assign it to the second model as well: refused", facts -> refuse(token, counting, scoring, facts));
        EvaluationKey second =
                report.step("reassign it to the second model", facts -> reassign(token, counting, first, facts));
        report.step("the new key decrypts to what it must", facts -> prove(proof, second, counting, facts));
        report.step("remove the assignment", facts -> unassign(token, counting, facts));
        report.step(
                "the model server asks again: refused", facts -> askInVain(server, value, counting, second, facts));
    }

    private static EncryptionProfile ckks() {
        return EncryptionProfile.ckks(8192, 60, 40, 40, 60).withRotations(Rotations.steps(1, -1, 0));
    }

    private static EncryptionProfile bfv() {
        return EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.steps(1, 0));
    }

    private Account account(Map<String, Object> facts) {
        Account account = owner.account();
        facts.put("account", account.slug());
        facts.put("deployment", account.deploymentId());
        return account;
    }

    private Model register(String name, EncryptionProfile profile, Map<String, Object> facts) throws StepFailedException {
        Model model = owner.models().create(new CreateModel(name + " " + run, "made by the demo", profile));
        EncryptionProfile resolved = model.encryptionProfile();
        require(resolved.digest() != null && resolved.parmsId() != null, "the profile was not resolved");
        facts.put("model", model.name());
        facts.put("primes", resolved.coeffModulus());
        facts.put("parmsId", resolved.parmsId());
        return model;
    }

    private Token create(Map<String, Object> facts) throws StepFailedException {
        Token token = owner.tokens().create(CreateToken.named("Ada Lovelace " + run));
        require(token.value() != null, "the value was not shown");
        require(owner.tokens().get(token.id()).value() == null, "the value was shown a second time");
        facts.put("token", token.name());
        facts.put("value ends in", token.valueHint());
        facts.put("expires", token.expiresAt());
        return token;
    }

    private boolean find(Token token, Map<String, Object> facts) throws StepFailedException {
        String typed = "love" + token.name().substring("Ada Love".length());
        List<Token> found = owner.tokens()
                .list(TokenQuery.everything().q(typed).assigned(false).limit(10))
                .items();
        require(found.stream().anyMatch(candidate -> candidate.id().equals(token.id())), "it was not found");
        facts.put("typed", typed);
        facts.put("found", found.stream().map(Token::name).toList());
        return true;
    }

    private EvaluationKey assign(Token token, Model model, Map<String, Object> facts) throws StepFailedException {
        long begin = System.nanoTime();
        Token assigned = owner.tokens().assign(token.id(), model.id());
        return awaitKey(assigned, begin, "assign", facts);
    }

    private EvaluationKey reassign(Token token, Model model, EvaluationKey old, Map<String, Object> facts)
            throws StepFailedException {
        long begin = System.nanoTime();
        EvaluationKey key = awaitKey(owner.tokens().reassign(token.id(), model.id()), begin, "reassign", facts);
        EvaluationKey superseded = owner.evaluationKeys().get(old.id());
        require(superseded.state() == EvaluationKeyState.SUPERSEDED, "the old key is " + superseded.state());
        require(!Objects.equals(key.sha256(), old.sha256()), "the new key has the digest of the old one");
        require(key.modelId().equals(model.id()), "the new key is for another model");
        facts.put("old key", superseded.state());
        return key;
    }

    private EvaluationKey awaitKey(Token assigned, long begin, String what, Map<String, Object> facts)
            throws StepFailedException {
        EvaluationKey key = owner.tokens().awaitReady(assigned, PATIENCE, state -> {});
        Duration total = Duration.ofNanos(System.nanoTime() - begin);
        require(key.generation() == assigned.generation(), "the key is of generation " + key.generation());
        facts.put("generation", key.generation());
        facts.put("size", String.format(Locale.ROOT, "%,d bytes", key.sizeBytes()));
        facts.put("sha256", key.sha256());
        stages(key).forEach((stage, time) -> {
            facts.put(stage, String.format(Locale.ROOT, "%.3f s", seconds(time)));
            report.figure(what + ": " + stage + " (s)", seconds(time));
        });
        report.figure(what + ": call to READY seen (s)", seconds(total));
        return key;
    }

    /// Where the time went, as far as the evaluation key itself tells.
    private static Map<String, Duration> stages(EvaluationKey key) {
        Instant claimed = Objects.requireNonNull(key.claimedAt());
        Duration computing = Duration.ofMillis(Objects.requireNonNull(key.generationMillis()));
        Duration making = Duration.between(claimed, Objects.requireNonNull(key.readyAt()));
        Map<String, Duration> stages = new LinkedHashMap<>();
        stages.put("outbox, Kafka, claim", Duration.between(key.requestedAt(), claimed));
        stages.put("derive and generate", computing);
        stages.put("upload and check", making.minus(computing));
        return stages;
    }

    private static boolean prove(KeyProof proof, EvaluationKey key, Model model, Map<String, Object> facts)
            throws Exception {
        Verification verification = proof.prove(key, model);
        require(
                verification.maxAbsoluteNoise() <= verification.noiseBound(),
                "noise " + verification.maxAbsoluteNoise() + " is beyond " + verification.noiseBound());
        facts.put("components", verification.components());
        facts.put("largest noise", verification.maxAbsoluteNoise() + " of at most " + verification.noiseBound());
        return true;
    }

    private KeyswitchClient gateway(Map<String, Object> facts) {
        Credential credential =
                owner.credentials().create(new CreateCredential("demo model server " + run, Role.GATEWAY, null));
        facts.put("role", credential.role());
        return owner.withCredential(Objects.requireNonNull(credential.value()));
    }

    private static boolean ask(
            KeyswitchClient server, String value, Model model, EvaluationKey key, Map<String, Object> facts)
            throws StepFailedException {
        Introspection answer = server.introspect(value, model.id());
        require(answer.active(), "the answer was no: " + answer.reason());
        Introspection.EvaluationKeyReference named = answer.evaluationKey();
        require(named != null && named.id().equals(key.id()), "the answer names another evaluation key");
        facts.put("active", true);
        facts.put("evaluation key", Objects.requireNonNull(named).href());
        return true;
    }

    private boolean refuse(Token token, Model wanted, Model present, Map<String, Object> facts)
            throws StepFailedException {
        try {
            owner.tokens().assign(token.id(), wanted.id());
        } catch (ProblemException e) {
            require(e.is(ProblemCode.TOKEN_ALREADY_ASSIGNED), "refused for another reason: " + e.getMessage());
            Object named = e.problem().facts().get("currentModelName");
            require(present.name().equals(named), "the refusal names " + named);
            facts.put("status", e.status());
            facts.put("code", e.problem().code());
            facts.put("assigned to", named);
            return true;
        }
        throw new StepFailedException("it was not refused");
    }

    private boolean unassign(Token token, Model model, Map<String, Object> facts) throws StepFailedException {
        Token free = owner.tokens().unassign(token.id(), model.id());
        require(free.modelId() == null, "it is still assigned");
        facts.put("model", "none");
        return true;
    }

    private boolean askInVain(
            KeyswitchClient server, String value, Model model, EvaluationKey key, Map<String, Object> facts)
            throws StepFailedException {
        Introspection answer = server.introspect(value, model.id());
        require(!answer.active(), "the answer was still yes");
        require(answer.reason() == Introspection.Reason.TOKEN_UNASSIGNED, "the reason was " + answer.reason());
        EvaluationKeyState state = owner.evaluationKeys().get(key.id()).state();
        require(state == EvaluationKeyState.REVOKED, "its evaluation key is " + state);
        facts.put("active", false);
        facts.put("reason", answer.reason());
        facts.put("evaluation key", state);
        return true;
    }
}
