package dev.keyswitch.profile;

import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.keygen.EncryptionParameters;
import dev.keyswitch.keygen.InvalidParametersException;
import dev.keyswitch.keygen.KeyForm;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.Primes;
import dev.keyswitch.keygen.RotationSteps;
import dev.keyswitch.keygen.Scheme;
import dev.keyswitch.keygen.SealStamp;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Translates encryption profiles between JSON's records and keygen's types.
///
/// Used on both sides: the provider resolves what a person asked for, the key holder reads a resolved profile it does not
/// trust. Both end in the same [KeyProfile], hence in the same digest.
public final class EncryptionProfiles {

    private static final int MAX_PRIMES = 64;

    private EncryptionProfiles() {}

    /// Finds the primes that are asked for by size and fills in the defaults.
    ///
    /// @throws InvalidProfileException if a field is missing, contradicts another, or is outside the 128-bit table
    public static KeyProfile resolve(EncryptionProfile requested) {
        refuseAnswerFields(requested);
        return translate(requested);
    }

    /// Reads a resolved profile. Its digest and parmsId are recomputed, never believed.
    ///
    /// @throws InvalidProfileException if it is not valid, or its digest or parmsId are not what it contains
    public static KeyProfile of(EncryptionProfile resolved) {
        KeyProfile profile = translate(resolved);
        requireEqual("digest", resolved.digest(), profile.digest());
        requireEqual("parmsId", resolved.parmsId(), profile.parameters().parmsId().toHex());
        return profile;
    }

    /// The resolved profile as answers have it.
    public static EncryptionProfile describe(KeyProfile profile) {
        EncryptionParameters parameters = profile.parameters();
        return new EncryptionProfile(
                dev.keyswitch.contract.model.Scheme.valueOf(parameters.scheme().name()),
                parameters.polyModulusDegree(),
                null,
                Arrays.stream(parameters.coeffModulus()).mapToObj(Long::toString).toList(),
                null,
                parameters.scheme() == Scheme.CKKS ? null : Long.toString(parameters.plainModulus()),
                rotations(profile.rotations()),
                profile.relinearization(),
                dev.keyswitch.contract.model.KeyForm.valueOf(profile.form().name()),
                dev.keyswitch.contract.model.SealStamp.ofText(profile.stamp().text()),
                profile.digest(),
                parameters.parmsId().toHex());
    }

    private static KeyProfile translate(EncryptionProfile profile) {
        Scheme scheme = Scheme.valueOf(required("scheme", profile.scheme()).name());
        int degree = required("polyModulusDegree", profile.polyModulusDegree());
        try {
            return new KeyProfile(
                    EncryptionParameters.of(
                            scheme, degree, coeffModulus(profile, degree), plainModulus(profile, scheme, degree)),
                    rotations(profile.rotations()),
                    profile.relinearization() == null || profile.relinearization(),
                    profile.keyForm() == null
                            ? KeyForm.SEEDED
                            : KeyForm.valueOf(profile.keyForm().name()),
                    profile.sealStamp() == null ? SealStamp.V3_7 : stamp(profile.sealStamp()));
        } catch (InvalidParametersException e) {
            throw new InvalidProfileException(requestedField(e.field(), profile), sentence(e));
        }
    }

    private static long[] coeffModulus(EncryptionProfile profile, int degree) {
        List<Integer> bits = profile.coeffModulusBits();
        List<String> primes = profile.coeffModulus();
        if ((bits == null) == (primes == null)) {
            throw new InvalidProfileException(
                    "coeffModulus", "Give either coeffModulusBits (sizes) or coeffModulus (primes), and not both.");
        }
        if (Objects.requireNonNull(bits == null ? primes : bits).size() > MAX_PRIMES) {
            throw new InvalidProfileException(
                    bits == null ? "coeffModulus" : "coeffModulusBits", "There can be at most " + MAX_PRIMES + " primes.");
        }
        return bits == null
                ? Objects.requireNonNull(primes).stream()
                        .mapToLong(prime -> number("coeffModulus", prime))
                        .toArray()
                : Primes.create(
                        degree, bits.stream().mapToInt(Integer::intValue).toArray());
    }

    private static long plainModulus(EncryptionProfile profile, Scheme scheme, int degree) {
        Integer bits = profile.plainModulusBits();
        String value = profile.plainModulus();
        if (scheme == Scheme.CKKS) {
            if (bits != null || value != null) {
                throw new InvalidProfileException("plainModulus", "CKKS has no plaintext modulus.");
            }
            return 0;
        }
        if ((bits == null) == (value == null)) {
            throw new InvalidProfileException(
                    "plainModulus",
                    scheme + " needs a plaintext modulus: either plainModulusBits or plainModulus, and not both.");
        }
        return bits == null
                ? number("plainModulus", Objects.requireNonNull(value))
                : Primes.batching(degree, bits);
    }

    private static RotationSteps rotations(@Nullable Rotations rotations) {
        return switch (rotations) {
            case null -> RotationSteps.none();
            case Rotations.None none -> RotationSteps.none();
            case Rotations.All all -> RotationSteps.all();
            case Rotations.Steps some ->
                RotationSteps.of(
                        some.steps().stream().mapToInt(Integer::intValue).toArray());
        };
    }

    private static Rotations rotations(RotationSteps rotations) {
        return switch (rotations) {
            case RotationSteps.None none -> Rotations.none();
            case RotationSteps.All all -> Rotations.all();
            case RotationSteps.Steps some ->
                new Rotations.Steps(Arrays.stream(some.steps()).boxed().toList());
        };
    }

    private static SealStamp stamp(dev.keyswitch.contract.model.SealStamp stamp) {
        return SealStamp.fromText(stamp.text())
                .orElseThrow(() -> new InvalidProfileException("sealStamp", "There is no stamp " + stamp.text() + "."));
    }

    private static long number(String field, String decimal) {
        try {
            return Long.parseLong(decimal);
        } catch (NumberFormatException _) {
            throw new InvalidProfileException(field, "A modulus is a decimal number below 2^61.");
        }
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidProfileException(field, "An encryption profile needs " + field + ".");
        }
        return value;
    }

    private static void refuseAnswerFields(EncryptionProfile requested) {
        if (requested.digest() != null || requested.parmsId() != null) {
            throw new InvalidProfileException(
                    requested.digest() != null ? "digest" : "parmsId", "This is answered, not asked for.");
        }
    }

    private static void requireEqual(String field, @Nullable String said, String computed) {
        if (!computed.equals(said)) {
            throw new InvalidProfileException(
                    field, "The profile's " + field + " is " + said + ", but its contents give " + computed + ".");
        }
    }

    /// keygen knows the resolved fields; a person may have given sizes.
    private static String requestedField(String field, EncryptionProfile profile) {
        if (field.equals("coeffModulus") && profile.coeffModulusBits() != null) {
            return "coeffModulusBits";
        }
        if (field.equals("plainModulus") && profile.plainModulusBits() != null) {
            return "plainModulusBits";
        }
        return field;
    }

    private static String sentence(InvalidParametersException e) {
        return Objects.requireNonNullElse(e.getMessage(), "The encryption profile is not valid.");
    }
}
