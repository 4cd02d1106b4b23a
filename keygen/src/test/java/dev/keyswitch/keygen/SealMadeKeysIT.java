package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Microsoft SEAL makes and saves, we load and verify: secret, public and evaluation keys, in both forms, packed in every way.
class SealMadeKeysIT {
    /// SEAL 4.1 is behind the oracle.
    private static final SealStamp STAMP = SealStamp.V4_1;
    private static final SealInflater INFLATER = new SealInflater(Packing.ZSTD_JNI);

    @TempDir
    private Path folder;

    @BeforeAll
    static void seal() throws IOException, InterruptedException {
        NodeOracle.require();
    }

    @ParameterizedTest(name = "{0} degree {1} moduli {2} steps {3}")
    @CsvSource({
        "CKKS,2048,27 27,0 1 -1", "BFV,2048,27 27,5", "BGV,2048,27 27,0",
        "CKKS,4096,36 36 37,ALL", "BFV,4096,36 36 37,1 -1 64 -64", "BGV,4096,36 36 37,0 3 1000",
        "CKKS,8192,60 40 40 60,1 2 -4095", "BFV,8192,43 43 44 44 44,0 -1", "BGV,8192,50 50 60,1 -2048",
        "CKKS,16384,60 40 40 60,1", "BFV,32768,60 50 60,0"
    })
    void weLoadAndVerifyWhatSealMakes(Scheme scheme, int degree, String bits, String steps) throws Exception {
        EncryptionParameters parameters = parameters(scheme, degree, bits);
        RotationSteps rotations = steps.equals("ALL") ? RotationSteps.all() : RotationSteps.of(numbers(steps));
        make(parameters, rotations);

        try (SecretKey secretKey = secretKey(parameters)) {
            for (KeyForm form : KeyForm.values()) {
                KeyProfile profile = new KeyProfile(parameters, rotations, true, form, STAMP);
                for (String packing : packings(degree)) {
                    assertThat(publicKey(secretKey, form, packing).components()).isEqualTo(1);
                    Verification verification = evaluationKey(secretKey, profile, packing);
                    assertThat(verification.components()).isEqualTo(profile.layout().components());
                    assertThat(verification.maxAbsoluteNoise()).isBetween(8, 21);
                }
                try (SecretKey other = TinyKeys.secretKey(parameters)) {
                    assertThatExceptionOfType(KeyMismatchException.class)
                            .isThrownBy(() -> evaluationKey(other, profile, "none"));
                }
            }
        }
    }

    /// SEAL takes its time for zlib.
    private static List<String> packings(int degree) {
        return degree > 4096 ? List.of("none", "zstd") : List.of("none", "zlib", "zstd");
    }

    private void make(EncryptionParameters parameters, RotationSteps rotations) throws IOException, InterruptedException {
        Files.write(folder.resolve("parameters.seal"), parameters.toSeal(STAMP));
        List<String> packings = packings(parameters.polyModulusDegree());
        Map<String, Object> make = new HashMap<>(Map.of("folder", folder.toString(), "packings", packings));
        if (rotations instanceof RotationSteps.Steps some) {
            make.put("steps", some.steps());
        }
        Path request = folder.resolve("request.json");
        new ObjectMapper().writeValue(request.toFile(), Map.of("scheme", parameters.scheme().name(), "make", make));
        NodeOracle.compute(request);
    }

    private SecretKey secretKey(EncryptionParameters parameters) throws IOException, MalformedKeyException {
        try (InputStream zstd = INFLATER.secretKey(parameters, STAMP, open("secret.zstd"));
                SecretKey packed = SecretKey.readFrom(zstd, parameters, STAMP);
                InputStream plain = open("secret.none")) {
            SecretKey secretKey = SecretKey.readFrom(plain, parameters, STAMP);
            assertThat(SecretKeyTest.coefficients(packed, 0)).isEqualTo(SecretKeyTest.coefficients(secretKey, 1));
            return secretKey;
        }
    }

    private Verification publicKey(SecretKey secretKey, KeyForm form, String packing) throws Exception {
        InputStream file = open("public." + form + "." + packing);
        try (InputStream in = INFLATER.publicKey(secretKey.parameters(), form, STAMP, file)) {
            return PublicKeyCheck.verify(secretKey, form, STAMP, in);
        }
    }

    private Verification evaluationKey(SecretKey secretKey, KeyProfile profile, String packing) throws Exception {
        String suffix = "." + profile.form() + "." + packing;
        try (InputStream files = new SequenceInputStream(open("relinearization" + suffix), open("rotation" + suffix));
                InputStream in = INFLATER.evaluationKey(profile, files)) {
            return EvaluationKeyVerifier.verify(secretKey, profile, in);
        }
    }

    private InputStream open(String file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(folder.resolve(file)));
    }

    private static EncryptionParameters parameters(Scheme scheme, int degree, String bits) {
        long plainModulus = scheme == Scheme.CKKS ? 0 : Primes.batching(degree, 17);
        return EncryptionParameters.of(scheme, degree, Primes.create(degree, numbers(bits)), plainModulus);
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }
}
