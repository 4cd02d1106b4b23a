package dev.keyswitch.standalone.torture;

import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Some callers at once, each with tokens of its own: it assigns them, reassigns them in both modes, removes and rolls
/// them, through both nodes, and goes on whatever comes back.
final class Callers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Callers.class);
    private static final int CALLERS = 3;
    private static final int TOKENS_EACH = 4;

    private final Cluster cluster;
    private final Ledger ledger;
    private final List<UUID> models = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;
    private volatile @Nullable RuntimeException failure;

    Callers(Cluster cluster, Ledger ledger) throws IOException {
        this.cluster = cluster;
        this.ledger = ledger;
        try (KeyswitchClient owner = cluster.owner()) {
            for (int i = 0; i < 3; i++) {
                EncryptionProfile profile =
                        EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.steps(1));
                models.add(owner.models().create(new CreateModel("model " + i, "", profile)).id());
            }
        }
    }

    void start(Random seeds) throws IOException {
        try (KeyswitchClient owner = cluster.owner()) {
            for (int i = 0; i < CALLERS; i++) {
                List<UUID> tokens = new ArrayList<>();
                for (int j = 0; j < TOKENS_EACH; j++) {
                    Token token = owner.tokens().create(CreateToken.named("token " + i + "." + j));
                    ledger.created(token.id(), Objects.requireNonNull(token.value()));
                    tokens.add(token.id());
                }
                Random random = new Random(seeds.nextLong());
                int number = i;
                threads.add(Thread.ofPlatform().name("caller-" + i).start(() -> call(number, tokens, random)));
            }
        }
    }

    private void call(int number, List<UUID> tokens, Random random) {
        try (KeyswitchClient one = cluster.caller(number);
                KeyswitchClient other = cluster.caller(number + 1)) {
            while (!stopping) {
                change(random.nextBoolean() ? one : other, tokens.get(random.nextInt(tokens.size())), random);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(40));
            }
        } catch (IOException e) {
            failure = new IllegalStateException(e);
        } catch (RuntimeException e) {
            failure = e;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(KeyswitchClient client, UUID token, Random random) {
        int chance = random.nextInt(10);
        UUID model = models.get(random.nextInt(models.size()));
        if (chance == 0 || !ledger.isValueKnown(token)) {
            roll(client, token);
        } else if (chance <= 2) {
            change(token, () -> client.tokens().unassign(token));
        } else {
            // Reassign is asked for by name, so that nobody needs to know how the token stands.
            AssignmentMode mode = chance <= 5 ? AssignmentMode.WHEN_READY : AssignmentMode.IMMEDIATE;
            change(token, () -> client.tokens().reassign(token, model, mode));
        }
    }

    private void change(UUID token, Supplier<Token> call) {
        try {
            ledger.answered(call.get());
        } catch (KeyswitchException e) {
            if (isUnanswered(token, e)) {
                ledger.unanswered();
            }
        }
    }

    private void roll(KeyswitchClient client, UUID token) {
        try {
            ledger.rolled(token, Objects.requireNonNull(client.tokens().roll(token, Duration.ZERO).value()));
        } catch (KeyswitchException e) {
            if (isUnanswered(token, e)) {
                ledger.rollUnanswered(token);
            }
        }
    }

    private static boolean isUnanswered(UUID token, KeyswitchException e) {
        if (e instanceof ProblemException refused && refused.status() < 500) {
            return false;
        }
        log.info("No answer token={} because=\"{}\"", token, e.getMessage());
        return true;
    }

    /// @throws RuntimeException if a caller met something it should not have
    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        RuntimeException met = failure;
        if (met != null) {
            throw met;
        }
    }
}
