package dev.keyswitch.keygen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/// One parameter set of the key vectors, and how to make its files anew.
record VectorSet(JsonNode node, EncryptionParameters parameters, int[] steps, byte[] factorySeed) {
    static final List<String> KEY_FILES =
            List.of("sk", "pk", "pk_seeded", "relin", "relin_seeded", "galois", "galois_seeded");

    static VectorSet tiny(JsonNode node) {
        EncryptionParameters parameters = EncryptionParameters.ofInsecureForTests(
                Vectors.scheme(node.get("scheme").asInt()),
                node.get("N").asInt(),
                Vectors.longs(node.get("primes")),
                node.get("t").asLong());
        return new VectorSet(
                node, parameters, Vectors.ints(node.get("steps")), Vectors.hex(node.get("factory_seed")));
    }

    /// Here primes are given by their lengths, as a list, or by the name of SEAL's default.
    static VectorSet real(JsonNode node, JsonNode factorySeed) {
        int degree = node.get("N").asInt();
        JsonNode modulus = node.get("coeff_modulus");
        EncryptionParameters parameters;
        if (modulus.isArray()) {
            parameters = EncryptionParameters.of(Scheme.CKKS, degree, Primes.create(degree, Vectors.ints(modulus)), 0);
        } else if (modulus.asText().startsWith("BFVDefault128")) {
            long[] primes = {68719403009L, 68719230977L, 137438822401L};
            parameters = EncryptionParameters.of(Scheme.BFV, degree, primes, 1032193);
        } else {
            long[] primes = Arrays.stream(modulus.asText().split(",")).mapToLong(Long::parseLong).toArray();
            parameters = EncryptionParameters.of(Scheme.CKKS, degree, primes, 0);
        }
        int[] steps = Arrays.stream(node.get("steps").asText().split(",")).mapToInt(Integer::parseInt).toArray();
        return new VectorSet(node, parameters, steps, Vectors.hex(factorySeed));
    }

    SecretKey secretKey() {
        return SecretKey.of(SealSecrets.ternary(factorySeed, parameters.polyModulusDegree()), parameters);
    }

    void write(String file, OutputStream out) throws IOException {
        write(file, out, Kernels.scalar());
    }

    void write(String file, OutputStream out, GenerationKernel kernel) throws IOException {
        KeyForm form = file.endsWith("_seeded") ? KeyForm.SEEDED : KeyForm.PLAIN;
        try (SecretKey secretKey = secretKey()) {
            switch (file.replace("_seeded", "")) {
                case "sk" -> secretKey.writeTo(out, SealStamp.V4_4);
                case "pk" ->
                    PublicKeyGenerator.write(
                            secretKey, form, SealStamp.V4_4, out, new InsecureFixedSeedRandomness(factorySeed));
                case "relin" ->
                    generate(new KeyProfile(parameters, RotationSteps.none(), true, form, SealStamp.V4_4), out, kernel);
                case "galois" ->
                    generate(new KeyProfile(parameters, RotationSteps.of(steps), false, form, SealStamp.V4_4), out, kernel);
                default -> throw new IllegalArgumentException(file);
            }
        }
    }

    void generate(KeyProfile profile, OutputStream out) throws IOException {
        generate(profile, out, Kernels.scalar());
    }

    private void generate(KeyProfile profile, OutputStream out, GenerationKernel kernel) throws IOException {
        EvaluationKeyGenerator generator =
                new EvaluationKeyGenerator(() -> new InsecureFixedSeedRandomness(factorySeed), 1, () -> kernel);
        try (SecretKey secretKey = secretKey()) {
            generator.generate(secretKey, profile, out, ProgressListener.NONE);
        }
    }

    @Override
    public String toString() {
        return parameters.scheme() + " degree " + parameters.polyModulusDegree() + " with "
                + parameters.coeffModulus().length + " primes";
    }
}
