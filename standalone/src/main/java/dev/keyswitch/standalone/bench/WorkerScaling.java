package dev.keyswitch.standalone.bench;

import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.up.Provisioning;
import dev.keyswitch.worker.LocalPolicy;
import dev.keyswitch.worker.Worker;
import dev.keyswitch.worker.WorkerConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// How many evaluation keys per second the workers of one key holder make when many tokens move at once. They share the partitions of the
/// account's topic; here they share the processors, too.
final class WorkerScaling implements AutoCloseable {

    private final BenchSystem bench;
    private final List<UUID> tokens;
    private final List<Worker> added = new ArrayList<>();

    WorkerScaling(BenchSystem bench, int tokens) throws Exception {
        this.bench = bench;
        this.tokens = all(tokens, number -> bench.owner().tokens().create(CreateToken.named("scaling " + number)).id());
    }

    /// One more, like the one that there is.
    void addWorker() throws IOException {
        Path holder = bench.data().holder();
        added.add(Worker.start(new WorkerConfiguration(
                bench.system().api(),
                Files.readString(Provisioning.agentCredential(holder)).strip(),
                KafkaConnection.plain(bench.inside().kafkaBootstrap()),
                holder,
                Optional.of("scaling-" + added.size()),
                Runtime.getRuntime().availableProcessors(),
                LocalPolicy.DEFAULT)));
    }

    /// Moves all tokens to this model.
    ///
    /// @return keys per second, from the first request to the last READY
    double move(UUID model) throws Exception {
        KeyswitchClient owner = bench.owner();
        boolean first = owner.tokens().get(tokens.getFirst()).modelId() == null;
        all(tokens.size(), number -> first
                ? owner.tokens().assign(tokens.get(number), model)
                : owner.tokens().reassign(tokens.get(number), model));
        List<EvaluationKey> keys = all(tokens.size(), number -> ready(tokens.get(number), model));
        Instant begin = keys.stream().map(EvaluationKey::requestedAt).min(Instant::compareTo).orElseThrow();
        Instant end = keys.stream().map(key -> Objects.requireNonNull(key.readyAt())).max(Instant::compareTo).orElseThrow();
        return keys.size() / (Duration.between(begin, end).toMillis() / 1e3);
    }

    private EvaluationKey ready(UUID token, UUID model) {
        while (true) {
            EvaluationKey key = bench.owner().tokens().get(token).evaluationKey();
            if (key != null && key.state() == EvaluationKeyState.READY && key.modelId().equals(model)) {
                return key;
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    @FunctionalInterface
    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> all(int count, Numbered<T> call) throws Exception {
        try (var callers = Executors.newFixedThreadPool(8)) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                calls.add(() -> call.call(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : callers.invokeAll(calls)) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Override
    public void close() {
        added.forEach(Worker::close);
    }
}
