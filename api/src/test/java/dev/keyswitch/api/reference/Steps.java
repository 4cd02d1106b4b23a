package dev.keyswitch.api.reference;

import dev.keyswitch.contract.bulk.TokenOperation;
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
                // Somebody who only asks what would happen is in nobody's way, and leaves nothing.
                boolean asksOnly = random.nextInt(10) == 0 && !(step instanceof Step.Finish);
                chosen.add(asksOnly ? new Step.Preview(step) : step);
            }
        }
        return chosen;
    }

    private void next() {
        int token = random.nextInt(tokens);
        int model = random.nextInt(MODELS);
        int key = random.nextInt(5) > 0 ? 0 : random.nextInt(3);
        int late = random.nextInt(6) == 0 ? 1 : 0;
        int chance = random.nextInt(128);
        if (chance < 20) {
            steps.add(assign(token, model));
        } else if (chance < 25) {
            steps.add(new Step.Unassign(token, random.nextInt(3) == 0 ? model : null));
        } else if (chance < 39) {
            steps.add(change(token, model));
        } else if (chance < 55) {
            steps.add(new Step.Claim(token, key, 0, false, false, false));
            steps.add(new Step.Finish(token, key, 0));
        } else if (chance < 60) {
            steps.add(new Step.Finish(token, key, late));
        } else if (chance < 67) {
            steps.add(new Step.Claim(token, key, random.nextInt(2), random.nextInt(3) == 0, random.nextInt(10) == 0, random.nextInt(10) == 0));
        } else if (chance < 91) {
            seldom(token, model, key, late, chance);
        } else if (chance < 107) {
            several(token, model);
        } else {
            aboutModels(model, chance);
        }
    }

    private void seldom(int token, int model, int key, int late, int chance) {
        if (chance < 73) {
            steps.add(asWorker(token, key, late));
        } else if (chance < 75) {
            steps.add(new Step.Fail(token, key, 0));
            steps.add(new Step.Retry(token, key));
        } else if (chance < 77) {
            steps.add(new Step.LoseLease(token, key));
        } else if (chance < 79) {
            steps.add(new Step.Roll(token, random.nextBoolean()));
        } else if (chance < 81) {
            steps.add(new Step.Delete(token));
        } else if (chance < 84) {
            steps.add(new Step.Create(token, random.nextBoolean() ? model : null, random.nextBoolean() ? Custody.AGENT : Custody.HOLDER));
        } else if (chance < 89) {
            steps.add(new Step.Ask(token, model, random.nextInt(4) == 0));
        } else if (chance < 90) {
            steps.add(random.nextInt(3) == 0 ? new Step.Expire(token) : new Step.RenameUnchanged(token));
        } else {
            steps.add(new Step.Renew(token));
        }
    }

    private Step asWorker(int token, int key, int late) {
        return switch (random.nextInt(6)) {
            case 0 -> new Step.Progress(token, key, late);
            case 1 -> new Step.Fail(token, key, late);
            case 2 -> new Step.Release(token, key, late);
            case 3 -> new Step.Upload(token, key, late);
            case 4 -> new Step.Append(token, key, late);
            default -> new Step.Complete(token, key, late);
        };
    }

    private void several(int token, int model) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> asOvertaken(token, model);
            case 3, 4 -> steps.add(new Step.Bulk(lines(model), random.nextInt(3) == 0));
            case 5 -> {
                steps.add(new Step.RotateRootKey(random.nextInt(2), random.nextInt(Calls.ROOTS)));
                steps.add(new Step.Ask(token, model, false));
            }
            case 6 -> {
                Step create = new Step.Create(token, random.nextBoolean() ? model : null, Custody.AGENT);
                steps.addAll(List.of(new Step.Delete(token), new Step.Preview(create), create));
            }
            default -> askedBefore();
        }
    }

    /// A worker falls silent, another one takes over, and the first one comes back: with all that it could have been about to do.
    private void asOvertaken(int token, int model) {
        steps.add(assign(token, model));
        steps.add(new Step.Claim(token, 0, 0, false, false, false));
        if (random.nextBoolean()) {
            steps.add(new Step.Upload(token, 0, 0));
        }
        steps.add(new Step.LoseLease(token, 0));
        if (random.nextInt(4) == 0) {
            steps.add(new Step.RotateRootKey(0, random.nextInt(Calls.ROOTS)));
        }
        // Now and then nobody has taken over.
        int late = random.nextInt(4) == 0 ? 0 : 1;
        if (late == 1) {
            steps.add(new Step.Claim(token, 0, 1, false, false, false));
        }
        steps.add(asWorker(token, 0, late));
        steps.add(random.nextBoolean() ? new Step.Complete(token, 0, late) : new Step.Finish(token, 0, late));
        steps.add(new Step.Finish(token, 0, 0));
    }

    /// What something would do, and mostly that, too.
    private void askedBefore() {
        Steps made = new Steps(random, tokens);
        made.next();
        Step step = made.steps.getFirst();
        boolean fits = switch (step) {
            case Step.Expire _, Step.Renew _, Step.Ask _, Step.LoseLease _, Step.Finish _, Step.Upload _, Step.Append _, Step.Bulk _, Step.Preview _ -> false;
            default -> true;
        };
        if (fits) {
            steps.add(new Step.Preview(step));
        }
        if (!fits || random.nextInt(4) > 0) {
            steps.addAll(made.steps);
        }
    }

    private List<Step.Line> lines(int model) {
        List<Step.Line> lines = new ArrayList<>();
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            int token = random.nextInt(tokens);
            int chance = random.nextInt(12);
            if (chance == 0 && random.nextBoolean()) {
                lines.add(new Step.Line(TokenOperation.DELETE, new Step.Delete(token)));
            }
            lines.add(switch (chance) {
                case 0 -> new Step.Line(TokenOperation.CREATE, new Step.Create(token, random.nextBoolean() ? model : null, Custody.AGENT));
                case 1 -> new Step.Line(TokenOperation.UPDATE, random.nextInt(3) == 0 ? new Step.RenameUnchanged(token) : change(token, model));
                case 2, 3 -> new Step.Line(TokenOperation.ASSIGN, new Step.Assign(token, model, false, AssignmentMode.IMMEDIATE));
                case 4, 5 -> new Step.Line(TokenOperation.REASSIGN, new Step.Assign(token, model, true, mode()));
                case 6 -> new Step.Line(TokenOperation.UNASSIGN, new Step.Unassign(token, random.nextInt(3) == 0 ? model : null));
                case 7 -> new Step.Line(TokenOperation.SUSPEND, turned(token, TokenStatus.SUSPENDED));
                case 8 -> new Step.Line(TokenOperation.RESUME, turned(token, TokenStatus.ACTIVE));
                case 9 -> new Step.Line(TokenOperation.CANCEL, turned(token, TokenStatus.CANCELED));
                case 10 -> new Step.Line(TokenOperation.REINSTATE, turned(token, TokenStatus.ACTIVE));
                default -> random.nextInt(3) == 0
                        ? new Step.Line(TokenOperation.DELETE, new Step.Delete(token))
                        : new Step.Line(TokenOperation.ROLL, new Step.Roll(token, random.nextBoolean()));
            });
        }
        return List.copyOf(lines);
    }

    private static Step.Change turned(int token, TokenStatus status) {
        return new Step.Change(token, status, null, null, null);
    }

    private Step.Assign assign(int token, int model) {
        return new Step.Assign(token, model, random.nextInt(10) < 7, mode());
    }

    private AssignmentMode mode() {
        return random.nextBoolean() ? AssignmentMode.WHEN_READY : AssignmentMode.IMMEDIATE;
    }

    private void aboutModels(int model, int chance) {
        if (chance < 114) {
            steps.add(new Step.Turn(model, random.nextInt(3) > 0));
        } else if (chance < 118) {
            steps.add(new Step.Compute(model, random.nextBoolean()));
        } else if (chance < 120) {
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
