package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Microsoft SEAL loads what we write and computes the right numbers with it: encrypt under our public key, multiply, relinearise, rotate,
/// decrypt with our secret key.
class SealOracleIT {
    private static final RootKey ROOT = RootKey.generate(new SecureRandom());
    private static final double CKKS_TOLERANCE = 1e-3;

    @TempDir
    private Path folder;

    @BeforeAll
    static void seal() throws IOException, InterruptedException {
        NodeOracle.require();
    }

    /// What SEAL 4.1 reads: its own stamp and the 3.7 dialect.
    @ParameterizedTest(name = "{0} degree {1}")
    @CsvSource({"CKKS,4096", "CKKS,8192", "CKKS,16384", "BFV,4096", "BFV,8192", "BFV,16384", "BGV,8192"})
    void sealComputesTheRightNumbersWithOurKeys(Scheme scheme, int degree) throws IOException, InterruptedException {
        Problem problem = Problem.of(scheme, degree);
        List<Map<String, Object>> sets = new ArrayList<>();
        for (KeyForm form : KeyForm.values()) {
            for (SealStamp stamp : List.of(SealStamp.V3_7, SealStamp.V4_1)) {
                sets.add(writeKeys(new KeyProfile(problem.parameters(), problem.rotations(), true, form, stamp)));
            }
        }

        JsonNode answer = NodeOracle.compute(request(problem, sets));

        assertThat(answer.get("results")).hasSize(4);
        for (JsonNode result : answer.get("results")) {
            assertThat(result.get("sizeBefore").asInt()).isEqualTo(3);
            assertThat(result.get("sizeAfter").asInt()).isEqualTo(2);
            problem.check(result.get("product"), problem.product());
            assertThat(result.get("rotations")).hasSize(problem.steps().length);
            for (JsonNode rotation : result.get("rotations")) {
                problem.check(rotation.get("values"), problem.rotated(rotation.get("step").asInt()));
            }
        }
    }

    private Map<String, Object> writeKeys(KeyProfile profile) throws IOException {
        Path set = Files.createDirectory(folder.resolve(profile.form() + "-" + profile.stamp().text()));
        KeyId id = new KeyId(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 1);
        Files.write(set.resolve("parameters.seal"), profile.parameters().toSeal(profile.stamp()));
        try (SecretKey secretKey = SecretKey.derive(ROOT, id, profile.parameters());
                OutputStream secret = Files.newOutputStream(set.resolve("secret.key"));
                OutputStream publicKey = Files.newOutputStream(set.resolve("public.key"));
                OutputStream evaluationKey = Files.newOutputStream(set.resolve("evaluation.key"))) {
            secretKey.writeTo(secret, profile.stamp());
            PublicKeyGenerator.write(secretKey, profile.form(), profile.stamp(), publicKey);
            new EvaluationKeyGenerator().generate(secretKey, profile, evaluationKey, ProgressListener.NONE);
        }
        return Map.of("folder", set.toString(), "parts", profile.layout().parts());
    }

    private Path request(Problem problem, List<Map<String, Object>> sets) throws IOException {
        Map<String, Object> request = Map.of(
                "scheme", problem.parameters().scheme().name(),
                "scale", problem.scale(),
                "left", problem.left(),
                "right", problem.right(),
                "steps", problem.steps(),
                "sets", sets);
        Path file = folder.resolve("request.json");
        new ObjectMapper().writeValue(file.toFile(), request);
        return file;
    }

    /// @param steps asked of the server; with SEAL's default set of keys, 3 is composed of 4 and -1
    private record Problem(
            EncryptionParameters parameters, RotationSteps rotations, int[] steps, double scale, double[] left, double[] right) {

        static Problem of(Scheme scheme, int degree) {
            boolean defaultSet = degree == 4096;
            int[] steps = defaultSet ? new int[] {0, 1, -1, 3, 64} : new int[] {0, 1, -1, 64, 1000, -1000};
            RotationSteps rotations = defaultSet ? RotationSteps.all() : RotationSteps.of(steps);
            EncryptionParameters parameters = parameters(scheme, degree);
            int slots = scheme == Scheme.CKKS ? degree / 2 : degree;
            Random random = new Random(degree);
            double scale = Math.scalb(1.0, degree == 4096 ? 28 : 40);
            return new Problem(
                    parameters, rotations, steps, scale, numbers(random, scheme, slots), numbers(random, scheme, slots));
        }

        private static EncryptionParameters parameters(Scheme scheme, int degree) {
            int[] bits = switch (degree) {
                case 4096 -> new int[] {36, 36, 37};
                case 8192 -> scheme == Scheme.CKKS ? new int[] {60, 40, 40, 60} : new int[] {43, 43, 44, 44, 44};
                default -> scheme == Scheme.CKKS
                        ? new int[] {60, 40, 40, 40, 40, 40, 40, 60}
                        : new int[] {48, 48, 48, 49, 49, 49, 49, 49, 49};
            };
            long plainModulus = scheme == Scheme.CKKS ? 0 : Primes.batching(degree, 17);
            return EncryptionParameters.of(scheme, degree, Primes.create(degree, bits), plainModulus);
        }

        private static double[] numbers(Random random, Scheme scheme, int count) {
            return random.doubles(count, -30, 30).map(x -> scheme == Scheme.CKKS ? x : Math.rint(x)).toArray();
        }

        double[] product() {
            double[] product = left.clone();
            for (int i = 0; i < product.length; i++) {
                product[i] *= right[i];
            }
            return product;
        }

        /// Positive steps move to the left, within each row; 0 swaps the rows, or conjugates what is real anyway.
        double[] rotated(int step) {
            double[] product = product();
            double[] rotated = new double[product.length];
            int row = parameters.polyModulusDegree() / 2;
            for (int i = 0; i < rotated.length; i++) {
                int source = step == 0 ? i + row : i / row * row + Math.floorMod(i + step, row);
                rotated[i] = product[source % product.length];
            }
            return rotated;
        }

        void check(JsonNode found, double[] expected) {
            assertThat(found).hasSize(expected.length);
            double tolerance = parameters.scheme() == Scheme.CKKS ? CKKS_TOLERANCE : 0;
            for (int i = 0; i < expected.length; i++) {
                assertThat(found.get(i).asDouble()).as("slot %d", i).isCloseTo(expected[i], within(tolerance));
            }
        }
    }
}
