package dev.keyswitch.keygen;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import dev.keyswitch.keygen.internal.ring.GaloisElements;
import dev.keyswitch.keygen.internal.wire.Sizes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Everything that decides what an evaluation key must contain, byte for byte except for its randomness.
///
/// @param relinearization whether products of ciphertexts must be brought back to two polynomials
/// @param form how second polynomials are written
/// @param stamp the SEAL version the files claim
public record KeyProfile(
        EncryptionParameters parameters, RotationSteps rotations, boolean relinearization, KeyForm form, SealStamp stamp) {

    /// @throws InvalidParametersException with field `coeffModulus`, `plainModulus`, `rotations` or `relinearization`
    public KeyProfile {
        requireKeySwitching(parameters);
        if (rotations instanceof RotationSteps.None) {
            if (!relinearization) {
                throw new InvalidParametersException(
                        "relinearization", "A profile without rotations and without relinearization needs no evaluation key.");
            }
        } else {
            requireRotations(parameters, rotations);
        }
    }

    /// Size and composition of the evaluation key, by closed formulas.
    public EvaluationKeyLayout layout() {
        Sizes sizes = sizes();
        List<Part> parts = new ArrayList<>();
        long offset = 0;
        int keys = 0;
        if (relinearization) {
            parts.add(new Part(PartKind.RELINEARIZATION, 0, sizes.relinearizationKeys()));
            offset = sizes.relinearizationKeys();
            keys++;
        }
        int rotationKeys = galoisElements().length;
        if (rotationKeys > 0) {
            long length = sizes.galoisKeys(rotationKeys);
            parts.add(new Part(PartKind.ROTATION, offset, length));
            offset += length;
            keys += rotationKeys;
        }
        return new EvaluationKeyLayout(offset, parts, keys, keys * parameters.decompositionCount());
    }

    /// The profile with everything resolved, as JSON with sorted keys and without spaces: equal text, equal requirements.
    public String canonicalJson() {
        String primes = Arrays.stream(parameters.coeffModulus())
                .mapToObj(prime -> "\"" + prime + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"coeffModulus\":" + primes
                + ",\"keyForm\":\"" + form
                + "\",\"plainModulus\":\"" + parameters.plainModulus()
                + "\",\"polyModulusDegree\":" + parameters.polyModulusDegree()
                + ",\"relinearization\":" + relinearization
                + ",\"rotations\":" + rotationsJson()
                + ",\"scheme\":\"" + parameters.scheme()
                + "\",\"sealStamp\":\"" + stamp.text() + "\"}";
    }

    /// Lower-case hexadecimal SHA-256 of [#canonicalJson] in UTF-8.
    public String digest() {
        try {
            byte[] json = canonicalJson().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The Galois elements that need a key, ascending: the order of the keys in the file.
    int[] galoisElements() {
        int degree = parameters.polyModulusDegree();
        return switch (rotations) {
            case RotationSteps.None none -> new int[0];
            case RotationSteps.All all -> GaloisElements.defaultSet(degree);
            case RotationSteps.Steps steps -> GaloisElements.ofSteps(degree, steps.steps());
        };
    }

    Sizes sizes() {
        return new Sizes(
                parameters.polyModulusDegree(), parameters.coeffModulus().length, form == KeyForm.SEEDED, stamp.major());
    }

    private String rotationsJson() {
        return switch (rotations) {
            case RotationSteps.None none -> "\"NONE\"";
            case RotationSteps.All all -> "\"ALL\"";
            case RotationSteps.Steps steps ->
                Arrays.stream(steps.steps()).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        };
    }

    private static void requireKeySwitching(EncryptionParameters parameters) {
        if (parameters.decompositionCount() == 0) {
            throw new InvalidParametersException(
                    "coeffModulus", "Relinearization and rotations need at least two primes; the last one serves only them.");
        }
        if (!parameters.dataLevelHoldsPlainModulus()) {
            throw new InvalidParametersException(
                    "plainModulus", "The plain modulus must be smaller than the product of all primes but the last.");
        }
    }

    private static void requireRotations(EncryptionParameters parameters, RotationSteps rotations) {
        if (!parameters.hasSlots()) {
            throw new InvalidParametersException(
                    "rotations",
                    "Rotations need slots, and those need a prime plain modulus that is 1 modulo twice the degree.");
        }
        if (rotations instanceof RotationSteps.Steps steps) {
            int limit = parameters.polyModulusDegree() / 2;
            for (int step : steps.steps()) {
                if (step <= -limit || step >= limit) {
                    throw new InvalidParametersException(
                            "rotations",
                            "A rotation by " + step + " steps is outside the slots: it must lie between -" + (limit - 1)
                                    + " and " + (limit - 1) + ".");
                }
            }
        }
    }
}
