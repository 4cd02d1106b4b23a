package dev.keyswitch.api.reference;

import static dev.keyswitch.api.reference.Verdict.LEFT_OUT;
import static dev.keyswitch.api.reference.Verdict.done;
import static dev.keyswitch.api.reference.Verdict.refused;
import static dev.keyswitch.api.reference.Verdict.says;

import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.TokenStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rules of DOMAIN.md, in memory: what each step is answered, and what is so afterwards. What a model's change means for its
/// tokens happens at once here; whoever compares waits for the job.
final class Reference {

    final List<ModelState> models = new ArrayList<>();
    final List<TokenState> tokens = new ArrayList<>();
    private final @Nullable Integer[] modelAt = new Integer[Steps.MODELS];
    private final @Nullable Integer[] tokenAt = new Integer[Steps.TOKENS];
    private final int[] roots = {0, 1};

    /// Another one, which goes on from here by itself.
    Reference fork() {
        Reference fork = new Reference();
        models.forEach(model -> fork.models.add(model.copy()));
        tokens.forEach(token -> fork.tokens.add(token.copy()));
        System.arraycopy(modelAt, 0, fork.modelAt, 0, modelAt.length);
        System.arraycopy(tokenAt, 0, fork.tokenAt, 0, tokenAt.length);
        System.arraycopy(roots, 0, fork.roots, 0, roots.length);
        return fork;
    }

    /// The number of the model that is at this place now; null: none was ever.
    @Nullable Integer modelAt(int place) {
        return modelAt[place];
    }

    @Nullable Integer tokenAt(int place) {
        return tokenAt[place];
    }

    /// The number of the present root key of this key holder.
    int root(int holder) {
        return roots[holder];
    }

    /// A refused line changes nothing. Those that end a pause and those that reinstate do not do each other's work.
    Verdict apply(Step.Line line) {
        Integer number = tokenAt[line.does().token()];
        TokenStatus refused = switch (line.operation()) {
            case RESUME -> TokenStatus.CANCELED;
            case REINSTATE -> TokenStatus.SUSPENDED;
            default -> null;
        };
        return number != null && tokens.get(number).exists && tokens.get(number).status == refused ? refused(409, "conflict") : apply(line.does());
    }

    /// A refused step changes nothing.
    Verdict apply(Step step) {
        return switch (step) {
            case Step.Register register -> register(register);
            case Step.Turn turn -> onModel(turn.model(), model -> turn(model, turn.active()));
            case Step.Compute compute -> onModel(compute.model(), model -> compute(model, compute.other()));
            case Step.Remove remove -> onModel(remove.model(), model -> remove(model, remove.unassignTokens()));
            case Step.Create create -> create(create);
            case Step.Assign assign -> onToken(assign.token(), token -> assign(token, assign));
            case Step.Unassign unassign -> onToken(unassign.token(), token -> unassign(token, unassign.expected()));
            case Step.Change change -> onToken(change.token(), token -> change(token, change));
            case Step.RenameUnchanged rename -> onToken(rename.token(), Reference::rename);
            case Step.Expire expire -> onToken(expire.token(), Reference::expire);
            case Step.Renew renew -> onToken(renew.token(), Reference::renew);
            case Step.Roll roll -> onToken(roll.token(), token -> roll(token, roll.grace()));
            case Step.Delete delete -> onToken(delete.token(), Reference::delete);
            case Step.Claim claim -> onKey(claim.token(), claim.key(), (token, key) -> claim(token, key, claim));
            case Step.Progress progress -> onKey(progress.token(), progress.key(), (token, key) -> progress(token, key, progress.late()));
            case Step.Fail fail -> onKey(fail.token(), fail.key(), (token, key) -> fail(token, key, fail.late()));
            case Step.Release release -> onKey(release.token(), release.key(), (token, key) -> release(token, key, release.late()));
            case Step.Retry retry -> onKey(retry.token(), retry.key(), Reference::retry);
            case Step.Finish finish -> onKey(finish.token(), finish.key(), (token, key) -> finish(token, key, finish.late()));
            case Step.Upload upload -> onKey(upload.token(), upload.key(), (token, key) -> upload(token, key, upload.late()));
            case Step.Append append -> onKey(append.token(), append.key(), (token, key) -> append(key, append.late()));
            case Step.Complete complete -> onKey(complete.token(), complete.key(), (token, key) -> complete(token, key, complete.late()));
            case Step.LoseLease lose -> onKey(lose.token(), lose.key(), Reference::loseLease);
            case Step.Ask ask -> ask(ask);
            case Step.RotateRootKey rotate -> rotate(rotate.holder(), rotate.root());
            case Step.Preview preview -> preview(preview.of());
            case Step.Bulk bulk -> throw new IllegalArgumentException("one line after the other: " + bulk);
        };
    }

    private Verdict onModel(int place, Function<Integer, Verdict> deed) {
        Integer number = modelAt[place];
        if (number == null) {
            return LEFT_OUT;
        }
        return models.get(number).exists ? deed.apply(number) : refused(404, "not-found");
    }

    /// On a copy, which takes the place of the token if it is not refused.
    private Verdict onToken(int place, Function<TokenState, Verdict> deed) {
        Integer number = tokenAt[place];
        if (number == null) {
            return LEFT_OUT;
        }
        return tokens.get(number).exists ? changing(number, deed) : refused(404, "not-found");
    }

    private Verdict changing(int number, Function<TokenState, Verdict> deed) {
        TokenState changed = tokens.get(number).copy();
        Verdict verdict = deed.apply(changed);
        if (verdict.isGood()) {
            tokens.set(number, changed);
        }
        return verdict;
    }

    private interface KeyDeed {
        Verdict apply(TokenState token, KeyState key);
    }

    /// Keys can be asked for after their token is deleted.
    private Verdict onKey(int place, int back, KeyDeed deed) {
        Integer number = tokenAt[place];
        if (number == null || tokens.get(number).keys.size() <= back) {
            return LEFT_OUT;
        }
        return changing(number, token -> deed.apply(token, token.keys.reversed().get(back)));
    }

    private Verdict register(Step.Register register) {
        Integer present = modelAt[register.model()];
        if (present != null && models.get(present).exists) {
            return LEFT_OUT;
        }
        models.add(new ModelState(register.other()));
        modelAt[register.model()] = models.size() - 1;
        return done(201);
    }

    private Verdict turn(int number, boolean active) {
        ModelState model = models.get(number);
        if (model.active != active) {
            model.active = active;
            model.changed(active ? "model.activated" : "model.deactivated", active ? "model.activated" : "model.deactivated");
            if (!active) {
                cancelMovesTo(number);
            }
        }
        return done(200);
    }

    private void cancelMovesTo(int number) {
        tokens.stream().filter(token -> token.exists && Objects.equals(token.pendingModel, number)).forEach(TokenState::cancelMove);
    }

    private Verdict compute(int number, boolean other) {
        ModelState model = models.get(number);
        if (model.other != other) {
            model.other = other;
            model.changed("model.profile-changed", "model.profile-changed");
            tokens.stream().filter(token -> token.exists && token.status != TokenStatus.CANCELED).forEach(token -> recompute(token, number, other));
        }
        return done(200);
    }

    private static void recompute(TokenState token, int number, boolean other) {
        if (Objects.equals(token.pendingModel, number) && Objects.requireNonNull(token.pending()).other() != other) {
            token.renewMove(KeyCause.PROFILE_CHANGED, other);
        } else if (Objects.equals(token.model, number) && Objects.requireNonNull(token.present()).other() != other) {
            token.renewKey(KeyCause.PROFILE_CHANGED, other);
        }
    }

    private Verdict remove(int number, boolean unassignTokens) {
        ModelState model = models.get(number);
        List<TokenState> assigned = tokens.stream().filter(token -> token.exists && Objects.equals(token.model, number)).toList();
        if (assigned.isEmpty()) {
            model.exists = false;
            model.changed("model.deleted", "model.deleted");
            cancelMovesTo(number);
            return done(204);
        }
        if (!unassignTokens) {
            return refused(409, "model-has-tokens");
        }
        model.changed(model.active ? "model.deactivated" : null, "model.deletion-requested");
        assigned.forEach(TokenState::unassign);
        cancelMovesTo(number);
        model.active = false;
        model.exists = false;
        model.changed("model.deleted", "model.deleted");
        return done(202);
    }

    private Verdict create(Step.Create create) {
        Integer present = tokenAt[create.token()];
        Integer model = create.model() == null ? null : modelAt[create.model()];
        if (present != null && tokens.get(present).exists || create.model() != null && model == null) {
            return LEFT_OUT;
        }
        if (model != null && !models.get(model).exists) {
            return refused(404, "not-found");
        }
        TokenState token = new TokenState(create.custody());
        token.tell("token.created", null);
        token.audit.add("token.created  -> " + token.words());
        if (model != null) {
            token.assign(model, models.get(model).other);
        }
        token.changes = 0;
        tokens.add(token);
        tokenAt[create.token()] = tokens.size() - 1;
        return done(201);
    }

    private Verdict assign(TokenState token, Step.Assign step) {
        Integer to = modelAt[step.model()];
        if (to == null) {
            return LEFT_OUT;
        }
        if (to.equals(token.model)) {
            token.cancelMove();
            return done(200);
        }
        ModelState model = models.get(to);
        if (!model.exists) {
            return refused(404, "not-found");
        }
        if (token.model != null && !step.reassign()) {
            return refused(409, "token-already-assigned");
        }
        if (token.model != null && step.mode() == AssignmentMode.WHEN_READY) {
            return beginMove(token, to, model);
        }
        if (!token.isUsable()) {
            return refused(409, "token-not-usable");
        }
        if (token.model == null) {
            token.assign(to, model.other);
        } else {
            token.reassign(to, model.other);
        }
        return done(200);
    }

    private static Verdict beginMove(TokenState token, Integer to, ModelState model) {
        KeyState awaited = token.pending();
        if (to.equals(token.pendingModel) && awaited != null && awaited.state() != EvaluationKeyState.FAILED) {
            return done(200);
        }
        if (!model.active) {
            return refused(409, "model-inactive");
        }
        if (!token.isUsable()) {
            return refused(409, "token-not-usable");
        }
        token.beginMove(to, model.other);
        return done(200);
    }

    private Verdict unassign(TokenState token, @Nullable Integer place) {
        Integer expected = place == null ? null : modelAt[place];
        if (place != null && expected == null) {
            return LEFT_OUT;
        }
        if (token.model == null) {
            return done(200);
        }
        if (expected != null && !expected.equals(token.model)) {
            return refused(409, "token-not-assigned-there");
        }
        token.unassign();
        return done(200);
    }

    private Verdict change(TokenState token, Step.Change wanted) {
        Integer model = wanted.model() == null ? null : modelAt[wanted.model()];
        if (wanted.model() != null && model == null) {
            return LEFT_OUT;
        }
        if (token.status == TokenStatus.CANCELED && wanted.status() == TokenStatus.SUSPENDED) {
            return refused(409, "conflict");
        }
        TokenStatus status = token.status;
        Custody custody = token.custody;
        int holder = token.holder;
        say(token, wanted);
        if (token.model != null) {
            keysAfter(token, status, custody, holder);
        }
        return model == null ? done(200) : given(token, model);
    }

    private static void say(TokenState token, Step.Change wanted) {
        String before = token.words();
        boolean turned = wanted.status() != null && wanted.status() != token.status;
        boolean more = wanted.custody() != null && wanted.custody() != token.custody || wanted.holder() != null && wanted.holder() != token.holder;
        if (!turned && !more) {
            return;
        }
        token.status = Objects.requireNonNullElse(wanted.status(), token.status);
        token.custody = Objects.requireNonNullElse(wanted.custody(), token.custody);
        token.holder = Objects.requireNonNullElse(wanted.holder(), token.holder);
        token.changes++;
        if (turned) {
            token.tell("token.status-changed", null);
        }
        if (more) {
            token.tell("token.updated", null);
        }
        token.write("token.changed", before, token.words());
    }

    private void keysAfter(TokenState token, TokenStatus status, Custody custody, int holder) {
        boolean other = models.get(Objects.requireNonNull(token.model)).other;
        if (token.status == TokenStatus.CANCELED) {
            if (status != TokenStatus.CANCELED) {
                token.withdrawKeys();
            }
        } else if (status == TokenStatus.CANCELED) {
            token.renewKey(KeyCause.REINSTATED, other);
        } else if (token.holder != holder) {
            token.renewKey(KeyCause.HOLDER_CHANGED, other);
            if (token.pendingModel != null) {
                token.renewMove(KeyCause.HOLDER_CHANGED, models.get(token.pendingModel).other);
            }
        } else if (token.custody != custody) {
            token.giveInto(token.custody);
        }
    }

    private Verdict given(TokenState token, Integer model) {
        if (model.equals(token.model)) {
            return done(200);
        }
        if (!models.get(model).exists) {
            return refused(404, "not-found");
        }
        if (token.model != null) {
            return refused(409, "token-already-assigned");
        }
        if (!token.isUsable()) {
            return refused(409, "token-not-usable");
        }
        token.assign(model, models.get(model).other);
        return done(200);
    }

    private static Verdict rename(TokenState token) {
        if (token.changes > 0) {
            return refused(412, "precondition-failed");
        }
        return said(token);
    }

    private static Verdict said(TokenState token) {
        token.changes++;
        token.tell("token.updated", null);
        token.write("token.changed", token.words(), token.words());
        return done(200);
    }

    private static Verdict expire(TokenState token) {
        Verdict verdict = said(token);
        token.expired = true;
        if (token.status != TokenStatus.CANCELED) {
            token.tell("token.expired", null);
        }
        return verdict;
    }

    private static Verdict renew(TokenState token) {
        token.expired = false;
        return said(token);
    }

    private static Verdict roll(TokenState token, boolean grace) {
        if (!token.isUsable()) {
            return refused(409, "token-not-usable");
        }
        token.rolled = true;
        token.previousWorks = grace;
        token.changes++;
        token.tell("token.rolled", null);
        token.write("token.rolled", "", grace ? "grace3600" : "grace0");
        return done(200);
    }

    private static Verdict delete(TokenState token) {
        token.delete();
        return done(204);
    }

    private Verdict claim(TokenState token, KeyState key, Step.Claim claim) {
        if (claim.stranger()) {
            return refused(409, "holder-mismatch");
        }
        if (claim.stale() || !key.isOpen()) {
            return refused(409, "generation-outdated");
        }
        boolean succeeds = claim.takeOver() && claim.worker() == key.worker();
        if (key.state() == EvaluationKeyState.GENERATING && !succeeds) {
            return refused(409, "evaluation-key-claimed");
        }
        if (key.state() == EvaluationKeyState.READY || key.state() == EvaluationKeyState.FAILED) {
            return refused(409, "evaluation-key-state");
        }
        token.change(key, key.claimed(claim.worker(), roots[key.holder()]));
        return done(200);
    }

    /// Null: the attempt is the latest one, and under way, or may go on.
    private static @Nullable Verdict fence(KeyState key, int late) {
        if (key.attempt() - late < 1) {
            return refused(422, "invalid-fields");
        }
        if (!key.isOpen()) {
            return refused(409, "generation-outdated");
        }
        if (late > 0) {
            return refused(409, "attempt-outdated");
        }
        return key.isBeingMade() ? null : refused(409, "evaluation-key-state");
    }

    private static Verdict progress(TokenState token, KeyState key, int late) {
        Verdict fenced = fence(key, late);
        if (fenced != null) {
            return fenced;
        }
        token.goOn(key);
        return done(200);
    }

    private static Verdict fail(TokenState token, KeyState key, int late) {
        Verdict fenced = fence(key, late);
        if (fenced == null) {
            token.change(key, key.in(EvaluationKeyState.FAILED));
        }
        return fenced == null || key.state() == EvaluationKeyState.FAILED && late == 0 ? done(200) : fenced;
    }

    private static Verdict release(TokenState token, KeyState key, int late) {
        Verdict fenced = fence(key, late);
        if (fenced != null) {
            return fenced;
        }
        token.askAgain(key, KeyCause.RELEASED);
        return done(200);
    }

    private static Verdict retry(TokenState token, KeyState key) {
        if (key.state() != EvaluationKeyState.FAILED) {
            return refused(409, "evaluation-key-state");
        }
        token.askAgain(key, KeyCause.RETRIED);
        return done(200);
    }

    private Verdict finish(TokenState token, KeyState key, int late) {
        Verdict fenced = fence(key, late);
        if (fenced != null) {
            return fenced;
        }
        arrive(token, key);
        return done(200);
    }

    private void arrive(TokenState token, KeyState key) {
        KeyState whole = key.uploadedBy(key.attempt());
        token.replace(key, whole);
        token.arrive(token.goOn(whole), token.pendingModel != null && models.get(token.pendingModel).active);
    }

    private static Verdict upload(TokenState token, KeyState key, int late) {
        Verdict fenced = fence(key, late);
        if (fenced != null) {
            return fenced;
        }
        token.replace(key, key.uploadedBy(key.attempt()));
        return done(201);
    }

    private static Verdict append(KeyState key, int late) {
        if (!key.uploaded().contains(key.attempt() - late)) {
            return LEFT_OUT;
        }
        Verdict fenced = fence(key, late);
        return fenced == null ? refused(409, "upload-offset-mismatch") : fenced;
    }

    /// Asked again by the attempt that has made the key, it is answered the same.
    private Verdict complete(TokenState token, KeyState key, int late) {
        if (!key.uploaded().contains(key.attempt() - late)) {
            return LEFT_OUT;
        }
        if (key.state() == EvaluationKeyState.READY && late == 0) {
            return done(200);
        }
        Verdict fenced = fence(key, late);
        if (fenced != null) {
            return fenced;
        }
        arrive(token, key);
        return done(200);
    }

    private static Verdict loseLease(TokenState token, KeyState key) {
        if (key.state() != EvaluationKeyState.GENERATING) {
            return LEFT_OUT;
        }
        token.loseLease(key);
        return done(200);
    }

    /// Keys that were made from the former root key, or are being made from it, are replaced.
    private Verdict rotate(int holder, int root) {
        if (roots[holder] == root) {
            return done(200);
        }
        roots[holder] = root;
        tokens.stream().filter(token -> token.exists && token.holder == holder && token.model != null).forEach(token -> {
            if (isFromFormerRoot(Objects.requireNonNull(token.present()))) {
                token.renewKey(KeyCause.ROOT_KEY_ROTATED, models.get(Objects.requireNonNull(token.model)).other);
            }
            if (token.pending() != null && isFromFormerRoot(token.pending())) {
                token.renewMove(KeyCause.ROOT_KEY_ROTATED, models.get(Objects.requireNonNull(token.pendingModel)).other);
            }
        });
        return done(200);
    }

    private boolean isFromFormerRoot(KeyState key) {
        return (key.isBeingMade() || key.state() == EvaluationKeyState.READY) && key.root() != roots[key.holder()];
    }

    private Verdict preview(Step of) {
        Verdict verdict = fork().apply(of);
        return verdict.isGood() ? done(200) : verdict;
    }

    private Verdict ask(Step.Ask ask) {
        Integer number = tokenAt[ask.token()];
        Integer model = modelAt[ask.model()];
        if (number == null || model == null || ask.previous() && !tokens.get(number).rolled) {
            return LEFT_OUT;
        }
        return says(answer(tokens.get(number), model, ask.previous()));
    }

    /// May it query this model now?
    String answer(TokenState token, int model, boolean previous) {
        if (!token.exists || previous && !token.previousWorks) {
            return "unknown";
        }
        if (token.status != TokenStatus.ACTIVE) {
            return (token.status == TokenStatus.SUSPENDED ? Reason.TOKEN_SUSPENDED : Reason.TOKEN_CANCELED).name();
        }
        if (token.expired) {
            return Reason.TOKEN_EXPIRED.name();
        }
        if (token.model == null) {
            return Reason.TOKEN_UNASSIGNED.name();
        }
        if (token.model != model) {
            return Reason.OTHER_MODEL.name();
        }
        if (!models.get(model).active) {
            return Reason.MODEL_INACTIVE.name();
        }
        return token.active == null ? Reason.EVALUATION_KEY_NOT_READY.name() : "active g" + token.active;
    }
}
