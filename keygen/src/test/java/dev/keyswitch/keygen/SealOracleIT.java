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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Microsoft SEAL loads what we write and computes the right numbers with it: encrypt under our public key, multiply, relinearise, rotate,
/// decrypt with our secret key.
class SealOracleIT {
    private static final RootKey ROOT = RootKey.generate(new SecureRandom());
    @TempDir
    private Path folder;

    @BeforeAll
    static void seal() throws IOException, InterruptedException {
        NodeOracle.require();
    }

    /// What SEAL 4.1 reads: its own stamp and the 3.7 dialect. Moduli are bit lengths, or SEAL's default for a level of security. Below three
    /// primes there is no room for a product.
    @ParameterizedTest(name = "{0} degree {1} moduli {2}")
    @CsvSource({
        "CKKS,2048,27 27", "BFV,2048,27 27", "BGV,2048,27 27",
        "CKKS,4096,36 36 37", "BFV,4096,BITS_128", "BGV,4096,36 36 37",
        "CKKS,8192,60 40 40 60", "CKKS,8192,BITS_192", "CKKS,8192,BITS_256",
        "BFV,8192,43 43 44 44 44", "BFV,8192,BITS_192", "BGV,8192,43 43 44 44 44", "BGV,8192,BITS_192",
        "CKKS,16384,60 40 40 40 40 40 40 60", "BFV,16384,BITS_256",
        "CKKS,32768,60 40 40 60", "BGV,32768,55 55 60"
    })
    void sealComputesTheRightNumbersWithOurKeys(Scheme scheme, int degree, String moduli)
            throws IOException, InterruptedException {
        Problem problem = Problem.of(scheme, degree, moduli);
        List<Map<String, Object>> sets = new ArrayList<>();
        sets.add(writeKeys(problem.profile(KeyForm.SEEDED, SealStamp.V3_7)));
        sets.add(writeKeys(problem.profile(KeyForm.PLAIN, SealStamp.V4_1)));
        if (degree < 16384) {
            sets.add(writeKeys(problem.profile(KeyForm.PLAIN, SealStamp.V3_7)));
            sets.add(writeKeys(problem.profile(KeyForm.SEEDED, SealStamp.V4_1)));
        }

        JsonNode answer = NodeOracle.compute(request(problem, sets));

        assertThat(answer.get("results")).hasSize(sets.size());
        for (JsonNode result : answer.get("results")) {
            assertThat(result.path("error").asText()).isEmpty();
            assertThat(result.get("sizeBefore").asInt()).isEqualTo(problem.multiplies() ? 3 : 2);
            assertThat(result.get("sizeAfter").asInt()).isEqualTo(2);
            problem.check(result.get("product"), problem.product());
            assertThat(result.get("rotations")).hasSize(problem.steps().length);
            for (JsonNode rotation : result.get("rotations")) {
                problem.check(rotation.get("values"), problem.rotated(rotation.get("step").asInt()));
            }
        }
    }

    /// The library behind the oracle is SEAL 4.1: it takes no other 4.x stamp. Once nothing but the stamps is changed, it computes.
    @ParameterizedTest
    @EnumSource(names = {"V4_0", "V4_2", "V4_3", "V4_4"})
    void filesOfOtherStampsAreThoseOf41ButForTheStamp(SealStamp stamp) throws IOException, InterruptedException {
        Problem problem = Problem.of(Scheme.BFV, 4096, "BITS_128");
        Map<String, Object> set = writeKeys(problem.profile(KeyForm.SEEDED, stamp));
        Path files = Path.of((String) set.get("folder"));
        // The parameters have no say in this.
        Files.write(files.resolve("parameters.seal"), problem.parameters().toSeal(SealStamp.V4_1));

        JsonNode refused = NodeOracle.compute(request(problem, List.of(set))).get("results").get(0);

        assertThat(refused.path("error").asText()).contains("incompatible version");
        for (String file : List.of("secret.key", "public.key", "evaluation.key")) {
            Files.write(files.resolve(file), restamped(Files.readAllBytes(files.resolve(file)), stamp));
        }
        JsonNode result = NodeOracle.compute(request(problem, List.of(set))).get("results").get(0);
        assertThat(result.path("error").asText()).isEmpty();
        problem.check(result.get("product"), problem.product());
        problem.check(result.get("rotations").get(1).get("values"), problem.rotated(problem.steps()[1]));
    }

    /// Puts 4.1 in the place of another stamp in every header.
    private static byte[] restamped(byte[] bytes, SealStamp stamp) {
        for (int i = 0; i + 8 <= bytes.length; i++) {
            boolean header = bytes[i] == 0x5e && bytes[i + 1] == (byte) 0xa1 && bytes[i + 2] == 16
                    && bytes[i + 3] == stamp.major() && bytes[i + 4] == stamp.minor()
                    && bytes[i + 5] == 0 && bytes[i + 6] == 0 && bytes[i + 7] == 0;
            if (header) {
                bytes[i + 4] = 1;
            }
        }
        return bytes;
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
                "multiply", problem.multiplies(),
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

        static Problem of(Scheme scheme, int degree, String moduli) {
            boolean defaultSet = degree == 4096;
            int[] steps = defaultSet ? new int[] {0, 1, -1, 3, 64} : new int[] {0, 1, -1, 64, 1000, -1000};
            RotationSteps rotations = defaultSet ? RotationSteps.all() : RotationSteps.of(steps);
            EncryptionParameters parameters = parameters(scheme, degree, moduli);
            int slots = scheme == Scheme.CKKS ? degree / 2 : degree;
            Random random = new Random(degree);
            int longest = Long.SIZE - Long.numberOfLeadingZeros(parameters.coeffModulus()[1]);
            double scale = Math.scalb(1.0, Math.min(40, longest - 8));
            return new Problem(
                    parameters, rotations, steps, scale, numbers(random, scheme, slots), numbers(random, scheme, slots));
        }

        private static EncryptionParameters parameters(Scheme scheme, int degree, String moduli) {
            long plainModulus = scheme == Scheme.CKKS ? 0 : Primes.batching(degree, degree == 2048 ? 14 : 17);
            if (moduli.startsWith("BITS")) {
                SecurityLevel level = SecurityLevel.valueOf(moduli);
                return EncryptionParameters.of(scheme, degree, Primes.defaults(degree, level), plainModulus)
                        .requireSecurity(level);
            }
            int[] bits = Arrays.stream(moduli.split(" ")).mapToInt(Integer::parseInt).toArray();
            return EncryptionParameters.of(scheme, degree, Primes.create(degree, bits), plainModulus);
        }

        KeyProfile profile(KeyForm form, SealStamp stamp) {
            return new KeyProfile(parameters, rotations, true, form, stamp);
        }

        boolean multiplies() {
            return parameters.coeffModulus().length > 2;
        }

        private static double[] numbers(Random random, Scheme scheme, int count) {
            return random.doubles(count, -30, 30).map(x -> scheme == Scheme.CKKS ? x : Math.rint(x)).toArray();
        }

        double[] product() {
            double[] product = left.clone();
            for (int i = 0; i < product.length && multiplies(); i++) {
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
            // The noise of CKKS is part of the number: some thousands, over the scale.
            double tolerance = parameters.scheme() == Scheme.CKKS ? Math.max(1e-3, (1 << 18) / scale) : 0;
            for (int i = 0; i < expected.length; i++) {
                assertThat(found.get(i).asDouble()).as("slot %d", i).isCloseTo(expected[i], within(tolerance));
            }
        }
    }
}
