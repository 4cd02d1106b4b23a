package dev.keyswitch.console.model;

import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.KeyForm;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.model.Scheme;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A resolved encryption profile in words and numbers.
public final class ProfileFacts {

    /// Bits of all primes together that leave 128-bit security (ternary secret), by ring degree.
    static final TreeMap<Integer, Integer> LARGEST_MODULUS = new TreeMap<>(
            java.util.Map.of(1024, 27, 2048, 54, 4096, 109, 8192, 218, 16384, 438, 32768, 881));

    private static final int WORD_BYTES = 8;

    private final EncryptionProfile profile;
    private final Scheme scheme;
    private final int degree;
    private final List<BigInteger> primes;

    public ProfileFacts(EncryptionProfile profile) {
        this.profile = profile;
        this.scheme = Objects.requireNonNull(profile.scheme(), "an answered profile has a scheme");
        this.degree = Objects.requireNonNull(profile.polyModulusDegree(), "an answered profile has a degree");
        this.primes = Objects.requireNonNull(profile.coeffModulus(), "an answered profile has primes").stream()
                .map(BigInteger::new)
                .toList();
    }

    /// One line for lists, for example `CKKS · 8 192 · 200 bits`.
    public String brief() {
        return scheme + " · " + Sizes.grouped(degree) + " · " + totalBits() + " bits";
    }

    /// What the model does with numbers, as a sentence.
    public String sentence() {
        String numbers = switch (scheme) {
            case CKKS -> "approximate real numbers";
            case BFV, BGV -> "exact whole numbers" + (plainModulus() == null ? "" : " modulo " + plainModulus());
        };
        return "Computes on encrypted " + numbers + ", " + Sizes.grouped(slots()) + " in each ciphertext" + levels() + ".";
    }

    private String levels() {
        int depth = primes.size() - 2;
        if (scheme != Scheme.CKKS || depth < 1) {
            return "";
        }
        return depth == 1 ? ", with one multiplication in a row" : ", with up to " + depth + " multiplications in a row";
    }

    public String schemeWords() {
        return switch (scheme) {
            case CKKS -> "CKKS, approximate numbers";
            case BFV -> "BFV, exact whole numbers";
            case BGV -> "BGV, exact whole numbers";
        };
    }

    public String degreeText() {
        return Sizes.grouped(degree);
    }

    /// Numbers in one ciphertext.
    public int slots() {
        return scheme == Scheme.CKKS ? degree / 2 : degree;
    }

    public int totalBits() {
        return primes.stream().reduce(BigInteger.ONE, BigInteger::multiply).bitLength();
    }

    /// The limit for 128-bit security at this degree; 0 where the table has none.
    public int largestBits() {
        return LARGEST_MODULUS.getOrDefault(degree, 0);
    }

    /// Sizes of the primes in bits, the special prime last.
    public List<Integer> primeBits() {
        return primes.stream().map(BigInteger::bitLength).toList();
    }

    public List<String> primes() {
        return primes.stream().map(BigInteger::toString).toList();
    }

    /// Null for CKKS.
    public @Nullable String plainModulus() {
        return profile.plainModulus();
    }

    /// Size of the plaintext modulus, as forms have it; 20 for CKKS, which has none.
    String plainBits() {
        return plainModulus() == null ? "20" : String.valueOf(new BigInteger(plainModulus()).bitLength());
    }

    public String rotationWords() {
        return switch (rotations()) {
            case Rotations.None none -> "none";
            case Rotations.All all -> "all, composed of " + rotationKeys() + " keys";
            case Rotations.Steps some -> {
                String steps = some.steps().stream().map(String::valueOf).collect(Collectors.joining(", "));
                yield (some.steps().size() == 1 ? "step " : "steps ") + steps;
            }
        };
    }

    /// Rotation keys in an evaluation key.
    public int rotationKeys() {
        return switch (rotations()) {
            case Rotations.None none -> 0;
            case Rotations.All all -> 2 * (Integer.numberOfTrailingZeros(degree) - 1);
            case Rotations.Steps some -> (int) some.steps().stream()
                    .map(step -> step == 0 ? -1 : Math.floorMod(step, degree / 2))
                    .distinct()
                    .count();
        };
    }

    public boolean relinearizes() {
        return !Boolean.FALSE.equals(profile.relinearization());
    }

    public boolean seeded() {
        return profile.keyForm() != KeyForm.PLAIN;
    }

    public String sealStamp() {
        return profile.sealStamp() == null ? "3.7" : profile.sealStamp().text();
    }

    /// What an evaluation key of this profile contains, for example `relinearisation and 3 rotation keys`.
    public String contents() {
        List<String> parts = new ArrayList<>();
        if (relinearizes()) {
            parts.add("relinearisation");
        }
        if (rotationKeys() > 0) {
            parts.add(rotationKeys() == 1 ? "1 rotation key" : rotationKeys() + " rotation keys");
        }
        return parts.isEmpty() ? "nothing" : String.join(" and ", parts);
    }

    /// Length of an evaluation key but for small headers: per key-switching key one ciphertext per data prime, each of two
    /// polynomials (one and a seed, if seeded) over all primes; and the table of rotation keys, one word per coefficient.
    public long keyBytes() {
        long switchingKeys = rotationKeys() + (relinearizes() ? 1L : 0L);
        long polynomial = (long) primes.size() * degree * WORD_BYTES;
        long table = rotationKeys() == 0 ? 0 : (long) degree * WORD_BYTES;
        return switchingKeys * Math.max(0, primes.size() - 1) * polynomial * (seeded() ? 1 : 2) + table;
    }

    public String keySize() {
        return Sizes.bytes(keyBytes());
    }

    public String digest() {
        return Objects.requireNonNullElse(profile.digest(), "");
    }

    public String parmsId() {
        return Objects.requireNonNullElse(profile.parmsId(), "");
    }

    private Rotations rotations() {
        return profile.rotations() == null ? Rotations.none() : profile.rotations();
    }

    /// The limits as scripts need them: `1024:27,2048:54,…`.
    static String limits() {
        return Collections.unmodifiableMap(LARGEST_MODULUS).entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
