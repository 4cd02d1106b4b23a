package dev.keyswitch.worker;

import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.keygen.EvaluationKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Starts a worker from the environment:
///
/// - `KEYSWITCH_API_URL`
/// - `KEYSWITCH_AGENT_CREDENTIAL_FILE`: a file with the credential, waited for if it is not there yet
/// - `KEYSWITCH_KAFKA_BOOTSTRAP`
/// - `KEYSWITCH_KAFKA_SECURITY_FILE`: optional, see [KafkaConnection#read]
/// - `KEYSWITCH_HOLDER`: folder with `root.key`
/// - `KEYSWITCH_WORKER_NAME`: optional, see [WorkerConfiguration#stableName]
/// - `KEYSWITCH_WORKER_PARALLELISM`: optional, default: the number of processors
/// - `KEYSWITCH_WORKER_MAX_KEY_BYTES`, `KEYSWITCH_WORKER_MAX_KEYS_PER_HOUR`, `KEYSWITCH_WORKER_MODELS` (ids with commas between
///   them): optional, what this holder agrees to, see [LocalPolicy]
public final class Main {

    private static final int REFUSED = 2;

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "worker/logback.xml");
        }
        try {
            EvaluationKeyGenerator.warmUp();
            Worker worker = Worker.start(configuration(System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "evk-worker-stop"));
            worker.await();
        } catch (WorkerRefusedException e) {
            System.err.println("evk-worker: " + e.getMessage());
            System.exit(REFUSED);
        }
    }

    private static WorkerConfiguration configuration(Map<String, String> environment)
            throws IOException, InterruptedException {
        Path credential = Path.of(required(environment, "KEYSWITCH_AGENT_CREDENTIAL_FILE"));
        while (!Files.exists(credential)) {
            Thread.sleep(500);
        }
        return new WorkerConfiguration(
                URI.create(required(environment, "KEYSWITCH_API_URL")),
                Files.readString(credential).strip(),
                KafkaConnection.read(
                        required(environment, "KEYSWITCH_KAFKA_BOOTSTRAP"),
                        Optional.ofNullable(environment.get("KEYSWITCH_KAFKA_SECURITY_FILE")).map(Path::of).orElse(null)),
                Path.of(required(environment, "KEYSWITCH_HOLDER")),
                Optional.ofNullable(environment.get("KEYSWITCH_WORKER_NAME")),
                Integer.parseInt(environment.getOrDefault(
                        "KEYSWITCH_WORKER_PARALLELISM",
                        Integer.toString(Runtime.getRuntime().availableProcessors()))),
                policy(environment));
    }

    static LocalPolicy policy(Map<String, String> environment) {
        try {
            return new LocalPolicy(
                    Long.parseLong(environment.getOrDefault(
                            "KEYSWITCH_WORKER_MAX_KEY_BYTES", Long.toString(LocalPolicy.DEFAULT.maxKeyBytes()))),
                    Integer.parseInt(environment.getOrDefault("KEYSWITCH_WORKER_MAX_KEYS_PER_HOUR", "0")),
                    Arrays.stream(environment.getOrDefault("KEYSWITCH_WORKER_MODELS", "").split(",", -1))
                            .map(String::strip)
                            .filter(id -> !id.isEmpty())
                            .map(UUID::fromString)
                            .collect(Collectors.toSet()));
        } catch (IllegalArgumentException e) {
            // A limit that was misspelt must not be no limit.
            throw new WorkerRefusedException("The limits of this key holder cannot be read: " + e.getMessage(), e);
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new WorkerRefusedException("The environment variable " + name + " is missing.");
        }
        return value;
    }
}
