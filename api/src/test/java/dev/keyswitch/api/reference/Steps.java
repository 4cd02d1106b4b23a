package dev.keyswitch.api.reference;

import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.TokenStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Random sequences. Chance knows nothing of what has happened before, but prefers what leads somewhere.
final class Steps {

    static final int TOKENS = 3;
    static final int MODELS = 3;

    private final Random random;
    private final List<Step> steps = new ArrayList<>();

    private final int tokens;

    private Steps(Random random, int tokens) {
        this.random = random;
        this.tokens = tokens;
    }

    /// All places filled, and then so many steps.
    static List<Step> random(Random random, int length) {
        Steps made = new Steps(random, TOKENS);
        for (int i = 0; i < MODELS; i++) {
            made.steps.add(new Step.Register(i, i == 2));
        }
        for (int i = 0; i < TOKENS; i++) {
            made.steps.add(new Step.Create(i, i == 0 ? null : i, Custody.AGENT));
        }
        while (made.steps.size() < MODELS + TOKENS + length) {
            made.next();
        }
        return List.copyOf(made.steps);
    }

    /// So many at once on one token or two, about tokens and their keys alone, and each one call, or the upload of one key.
    static List<Step> atOnce(Random random, int callers) {
        List<Step> chosen = new ArrayList<>();
        while (chosen.size() < callers) {
            Steps made = new Steps(random, random.nextInt(4) == 0 ? 2 : 1);
            made.next();
            Step step = made.steps.getFirst();
            boolean uploads = chosen.stream().anyMatch(Step.Finish.class::isInstance);
            boolean fits = switch (step) {
                case Step.Assign _, Step.Unassign _, Step.Change _, Step.Claim _, Step.Progress _, Step.Fail _, Step.Release _, Step.Retry _ -> true;
                case Step.Finish _ -> !uploads;
                default -> false;
            };
            if (fits) {
                chosen.add(step);
            }
        }
        return chosen;
    }

    private void next() {
        int token = random.nextInt(tokens);
        int model = random.nextInt(MODELS);
        int key = random.nextInt(5) > 0 ? 0 : random.nextInt(3);
        int late = random.nextInt(6) == 0 ? 1 : 0;
        int chance = random.nextInt(110);
        if (chance < 20) {
            steps.add(new Step.Assign(token, model, random.nextInt(10) < 7, random.nextBoolean() ? AssignmentMode.WHEN_READY : AssignmentMode.IMMEDIATE));
        } else if (chance < 25) {
            steps.add(new Step.Unassign(token, random.nextInt(3) == 0 ? model : null));
        } else if (chance < 39) {
            steps.add(change(token, model));
        } else if (chance < 57) {
            steps.add(new Step.Claim(token, key, 0, false, false, false));
            steps.add(new Step.Finish(token, key, 0));
        } else if (chance < 62) {
            steps.add(new Step.Finish(token, key, late));
        } else if (chance < 70) {
            steps.add(new Step.Claim(token, key, random.nextInt(2), random.nextInt(3) == 0, random.nextInt(10) == 0, random.nextInt(10) == 0));
        } else {
            seldom(token, model, key, late, chance);
        }
    }

    private void seldom(int token, int model, int key, int late, int chance) {
        if (chance < 73) {
            steps.add(new Step.Progress(token, key, late));
        } else if (chance < 76) {
            steps.add(new Step.Fail(token, key, late));
        } else if (chance < 79) {
            steps.add(new Step.Retry(token, key));
        } else if (chance < 81) {
            steps.add(new Step.Release(token, key, late));
        } else if (chance < 83) {
            steps.add(new Step.LoseLease(token, key));
        } else if (chance < 86) {
            steps.add(new Step.Roll(token, random.nextBoolean()));
        } else if (chance < 88) {
            steps.add(new Step.Delete(token));
        } else if (chance < 91) {
            steps.add(new Step.Create(token, random.nextBoolean() ? model : null, random.nextBoolean() ? Custody.AGENT : Custody.HOLDER));
        } else if (chance < 98) {
            steps.add(new Step.Ask(token, model, random.nextInt(4) == 0));
        } else if (chance < 99) {
            steps.add(random.nextInt(3) == 0 ? new Step.Expire(token) : new Step.RenameUnchanged(token));
        } else if (chance < 100) {
            steps.add(new Step.Renew(token));
        } else {
            aboutModels(model, chance);
        }
    }

    private void aboutModels(int model, int chance) {
        if (chance < 105) {
            steps.add(new Step.Turn(model, random.nextInt(3) > 0));
        } else if (chance < 107) {
            steps.add(new Step.Compute(model, random.nextBoolean()));
        } else if (chance < 108) {
            steps.add(new Step.Remove(model, random.nextInt(3) > 0));
        } else {
            steps.add(new Step.Register(model, random.nextBoolean()));
        }
    }

    private Step.Change change(int token, int model) {
        TokenStatus status = random.nextInt(10) < 6 ? chosen(TokenStatus.ACTIVE, TokenStatus.ACTIVE, TokenStatus.SUSPENDED, TokenStatus.CANCELED) : null;
        Custody custody = random.nextInt(10) < 3 ? chosen(Custody.AGENT, Custody.HOLDER) : null;
        Integer holder = random.nextInt(10) < 2 ? chosen(0, 1) : null;
        Integer wanted = random.nextInt(10) < 2 ? model : null;
        return new Step.Change(token, status, custody, holder, wanted);
    }

    @SafeVarargs
    private <T> @Nullable T chosen(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
