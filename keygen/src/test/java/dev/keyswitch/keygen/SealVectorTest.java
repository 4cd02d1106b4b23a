package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// With SEAL's own randomness our files are SEAL's files, byte for byte.
class SealVectorTest {

    static Stream<VectorSet> tinySets() {
        return Vectors.each(Vectors.read("tiny_keys.json")).map(VectorSet::tiny);
    }

    static Stream<VectorSet> realSets() {
        JsonNode file = Vectors.read("deterministic_sha256.json");
        return Vectors.each(file.get("sets")).map(set -> VectorSet.real(set, file.get("factory_seed")));
    }

    @ParameterizedTest
    @MethodSource("tinySets")
    void writesTinyKeysAsSealDoes(VectorSet set) throws IOException {
        for (String file : VectorSet.KEY_FILES) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            set.write(file, out);

            assertThat(HexFormat.of().formatHex(out.toByteArray())).as(file).isEqualTo(set.node().get(file).asText());
        }
    }

    @ParameterizedTest
    @MethodSource("realSets")
    void writesRealKeysAsSealDoesWithVectorInstructionsToo(VectorSet set) throws IOException, NoSuchAlgorithmException {
        assumeThat(Kernels.vectorsWin()).isTrue();
        for (String file : VectorSet.KEY_FILES) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");

            set.write(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest), Kernels.vector());

            String expected = set.node().get("files").get(file).get("sha256").asText();
            assertThat(HexFormat.of().formatHex(digest.digest())).as(file).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("realSets")
    void writesRealKeysAsSealDoes(VectorSet set) throws IOException, NoSuchAlgorithmException {
        assertThat(set.node().get("files").size()).isEqualTo(VectorSet.KEY_FILES.size() + 1);
        for (String file : VectorSet.KEY_FILES) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");

            set.write(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));

            String expected = set.node().get("files").get(file).get("sha256").asText();
            assertThat(HexFormat.of().formatHex(digest.digest())).as(file).isEqualTo(expected);
        }
        byte[] parameters = MessageDigest.getInstance("SHA-256").digest(set.parameters().toSeal(SealStamp.V4_4));
        assertThat(HexFormat.of().formatHex(parameters))
                .isEqualTo(set.node().get("files").get("parms").get("sha256").asText());
    }

    @ParameterizedTest
    @MethodSource("tinySets")
    void knowsTheLengthBeforehand(VectorSet set) throws IOException {
        for (SealStamp stamp : SealStamp.values()) {
            for (KeyForm form : KeyForm.values()) {
                KeyProfile profile = new KeyProfile(set.parameters(), RotationSteps.of(set.steps()), true, form, stamp);
                ByteArrayOutputStream out = new ByteArrayOutputStream();

                set.generate(profile, out);

                assertThat(out.size()).isEqualTo(profile.layout().sizeBytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tinySets")
    void concatenatesTheSealObjectsInTheOrderOfTheLayout(VectorSet set) throws IOException {
        KeyProfile profile =
                new KeyProfile(set.parameters(), RotationSteps.of(set.steps()), true, KeyForm.PLAIN, SealStamp.V4_4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        set.generate(profile, out);

        for (EvaluationKeyLayout.Part part : profile.layout().parts()) {
            String file = part.kind() == PartKind.RELINEARIZATION ? "relin" : "galois";
            byte[] bytes = Arrays.copyOfRange(
                    out.toByteArray(), (int) part.offset(), (int) (part.offset() + part.length()));
            assertThat(bytes).as(file).isEqualTo(Vectors.hex(set.node().get(file)));
        }
    }
}
