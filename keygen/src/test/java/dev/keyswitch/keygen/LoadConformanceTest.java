package dev.keyswitch.keygen;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our verdict beside that of SEAL 4.1.2 and 4.4.3 on the same mutated keys. We refuse all that SEAL refuses, and much that it loads.
///
/// The keys were made with one fixed seed, so their components repeat each other, which we refuse whatever else is wrong; hence one bit
/// of the second component's seed, or of every row of its second polynomial, is changed before we are asked.
class LoadConformanceTest {
    private static final JsonNode FILE = Vectors.read("load_conformance.json");
    private static final String ACCEPT = "accept";
    private static final Path PAGE = Path.of("..", "docs", "reference", "evaluation-key-checks.md");

    /// For each case what we say: accepted, or words from the sentence that refuses it.
    private static final Map<String, String> VERDICTS = Map.ofEntries(
            entry("00_unmodified_unseeded", ACCEPT),
            entry("01_unmodified_seeded", ACCEPT),
            entry("02_outer_parms_id_wrong", "the parameter id of the relinearization keys is"),
            entry("03_inner_parms_id_wrong", "a component's parameter id is"),
            entry("04_is_ntt_form=0", "NTT mark is 0"),
            entry("05_is_ntt_form=2", "NTT mark is 2"),
            entry("06_ct_size=3_in_metadata", "number of polynomials is 3"),
            entry("07_N_wrong", "a component's degree is"),
            entry("08_K_wrong", "a component's number of primes is"),
            entry("09_scale=0", "scale is 0.0"),
            entry("09_scale=2", "scale is 2.0"),
            entry("09_scale=nan", "scale is NaN"),
            entry("10_correction=0", "correction factor is 0"),
            entry("11_residue=q0", "not below its prime"),
            entry("12_residue=q0-1", ACCEPT),
            entry("13_c1[0]=all_ones", "not below its prime"),
            entry("14_c1_all_zero(transparent)", "constant"),
            entry("15_prng_type=0", "a seed is of kind 0"),
            entry("15_prng_type=2", ACCEPT),
            entry("15_prng_type=3", "a seed is of kind 3"),
            entry("16_duplicate_seed_two_components", "repeats the seed"),
            entry("17_seed_all_zero", "a seed is all zero"),
            entry("18_outer_size-1", "the size of the relinearization keys is 1825"),
            entry("19_outer_size+1", "the size of the relinearization keys is 1827"),
            entry("20_trailing_bytes_after_object", "more bytes follow"),
            entry("21_truncated", "ends in the middle of the second polynomial"),
            entry("22_reserved_nonzero", "reserved header bytes"),
            entry("23_inner_reserved_nonzero", "reserved header bytes"),
            entry("24_inner_header_size_wrong", "the size of a component is"),
            entry("25_dim2=1(second dropped)", "the size of the relinearization keys is 945"),
            entry("26_mixed_unseeded_then_seeded", "the size of the relinearization keys is 1523"),
            entry("27_relin_dim1=2", "the size of the relinearization keys is 3596"),
            entry("28_relin_empty_dim1=0", "the size of the relinearization keys is 56"),
            entry("29_outer_v3.7_inner_v4.1", "stamped SEAL 3.7"),
            entry("30_dim1=N+1_all_empty", "the size of the relinearization keys is 192"),
            entry("31_galois_trimmed_dim1", "the size of the rotation keys is 2480"),
            entry("32_zlib_whole", "compressed"),
            entry("33_inner_dynarray_zlib", "the size of the relinearization keys is 1695"),
            entry("34_gzip_wrapper_as_zlib", "compressed"),
            entry("35_raw_deflate_as_zlib", "compressed"),
            entry("36_header_minor=0(4.0)", "stamped SEAL 4.0"),
            entry("37_header_v3.3", "stamped SEAL 3.3"),
            entry("38_magic_wrong", "there is none"),
            entry("39_compr=7", "compressed"));

    /// What SEAL 4.1.2 loads and we do not, each for a reason of safety or because a profile leaves no choice.
    private static final Set<String> STRICTER_THAN_SEAL = Set.of(
            "05_is_ntt_form=2",
            "14_c1_all_zero(transparent)",
            "16_duplicate_seed_two_components",
            "17_seed_all_zero",
            "20_trailing_bytes_after_object",
            "22_reserved_nonzero",
            "23_inner_reserved_nonzero",
            "25_dim2=1(second dropped)",
            "26_mixed_unseeded_then_seeded",
            "27_relin_dim1=2",
            "28_relin_empty_dim1=0",
            "29_outer_v3.7_inner_v4.1",
            "30_dim1=N+1_all_empty",
            "31_galois_trimmed_dim1",
            "32_zlib_whole",
            "33_inner_dynarray_zlib");

    static Iterable<JsonNode> cases() {
        return FILE.get("cases");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decidesEachCaseAsTheTableSays(JsonNode mutated) {
        String verdict = VERDICTS.get(mutated.get("name").asText());
        byte[] key = withDifferingComponents(mutated);

        if (ACCEPT.equals(verdict)) {
            assertThatCode(() -> TinyKeys.check(profile(mutated), key)).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(MalformedKeyException.class)
                    .isThrownBy(() -> TinyKeys.check(profile(mutated), key))
                    .withMessageContaining(verdict);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesEachCaseWhileItsComponentsRepeatEachOther(JsonNode mutated) {
        byte[] key = Vectors.hex(mutated.get("hex"));

        assertThatExceptionOfType(MalformedKeyException.class).isThrownBy(() -> TinyKeys.check(profile(mutated), key));
    }

    @Test
    void isNeverMoreLenientThanSealAndKnowsWhereItIsStricter() {
        Set<String> stricter = new TreeSet<>();
        for (JsonNode mutated : cases()) {
            String name = mutated.get("name").asText();
            boolean seal = mutated.get("seal_4_1_2").asText().startsWith("ACCEPT");
            boolean newer = mutated.get("seal_4_4_3").asText().startsWith("ACCEPT");
            boolean ours = ACCEPT.equals(VERDICTS.get(name));
            assertThat(ours && !(seal && newer)).as("%s: we load what SEAL refuses", name).isFalse();
            if (seal && !ours) {
                stricter.add(name);
            }
        }
        assertThat(stricter).containsExactlyInAnyOrderElementsOf(STRICTER_THAN_SEAL);
        assertThat(FILE.get("cases")).hasSize(VERDICTS.size());
    }

    /// If this fails because something changed on purpose, the page is what the message says was expected.
    @Test
    void theDocumentationSaysTheSame() throws IOException {
        StringBuilder table = new StringBuilder("| case | SEAL 4.1.2 | SEAL 4.4.3 | keygen | what keygen says |\n| --- | --- | --- | --- | --- |\n");
        for (JsonNode mutated : cases()) {
            String name = mutated.get("name").asText();
            String verdict = VERDICTS.get(name);
            boolean accepted = ACCEPT.equals(verdict);
            table.append("| %s | %s | %s | %s | %s |%n".formatted(
                    name,
                    word(mutated.get("seal_4_1_2")),
                    word(mutated.get("seal_4_4_3")),
                    accepted ? "accepts" : "refuses",
                    accepted ? "" : "… " + verdict + " …"));
        }

        assertThat(Files.readString(PAGE)).contains(table);
    }

    private static String word(JsonNode verdict) {
        return verdict.asText().startsWith("ACCEPT") ? "accepts" : "refuses";
    }

    @Test
    void theKeysAreForTheParametersBesideThem() {
        assertThat(parameters().toSeal(SealStamp.V4_1)).isEqualTo(Vectors.hex(FILE.get("parms")));
    }

    private static byte[] withDifferingComponents(JsonNode mutated) {
        byte[] key = Vectors.hex(mutated.get("hex"));
        ComponentMap map = ComponentMap.of(profile(mutated));
        boolean repetitionIsThePoint = mutated.get("name").asText().startsWith("16_");
        int rows = map.seeded() ? 1 : parameters().coeffModulus().length;
        for (int row = 0; row < rows; row++) {
            int first = map.c1(1) + row * map.c1Bytes() / rows;
            if (first < key.length && !repetitionIsThePoint) {
                key[first] ^= 1;
            }
        }
        return key;
    }

    private static KeyProfile profile(JsonNode mutated) {
        boolean relinearization = mutated.get("type").asText().equals("relin");
        String name = mutated.get("name").asText();
        boolean seeded = Set.of("01", "15", "16", "17", "31").contains(name.substring(0, 2));
        return new KeyProfile(
                parameters(),
                relinearization ? RotationSteps.none() : RotationSteps.of(1, 3),
                relinearization,
                seeded ? KeyForm.SEEDED : KeyForm.PLAIN,
                SealStamp.V4_1);
    }

    private static EncryptionParameters parameters() {
        return EncryptionParameters.ofInsecureForTests(Scheme.BFV, 16, Primes.create(16, 40, 40, 41), 97);
    }
}
