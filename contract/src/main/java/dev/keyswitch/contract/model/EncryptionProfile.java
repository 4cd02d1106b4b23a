package dev.keyswitch.contract.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The homomorphic parameters of a model, and what its evaluation keys must contain. Immutable for a given digest.
///
/// In a request the primes are given either by size (`coeffModulusBits`) or one by one (`coeffModulus`), and the
/// plaintext modulus of BFV and BGV either by size or by value. An answer is *resolved*: it has the primes, the plaintext
/// modulus, `digest` and `parmsId`, and never the sizes.
///
/// @param polyModulusDegree ring degree N, a power of two from 1024 to 32768
/// @param coeffModulusBits sizes of the primes in bits, 2 to 60 each, the special prime last
/// @param coeffModulus the primes in decimal, the special prime last
/// @param plainModulusBits size of a batching plaintext modulus
/// @param plainModulus the plaintext modulus in decimal
/// @param rotations default: none
/// @param relinearization default: true
/// @param keyForm default: SEEDED
/// @param sealStamp default: 3.7
/// @param digest SHA-256 (hex) over the canonical JSON of the resolved profile; answered only
/// @param parmsId SEAL's id of the key-level parameters (hex, 32 bytes); answered only
public record EncryptionProfile(
        @Nullable Scheme scheme,
        @Nullable Integer polyModulusDegree,
        @Nullable List<Integer> coeffModulusBits,
        @Nullable List<String> coeffModulus,
        @Nullable Integer plainModulusBits,
        @Nullable String plainModulus,
        @Nullable Rotations rotations,
        @Nullable Boolean relinearization,
        @Nullable KeyForm keyForm,
        @Nullable SealStamp sealStamp,
        @Nullable String digest,
        @Nullable String parmsId) {

    public EncryptionProfile {
        coeffModulusBits = coeffModulusBits == null ? null : List.copyOf(coeffModulusBits);
        coeffModulus = coeffModulus == null ? null : List.copyOf(coeffModulus);
    }

    /// A CKKS request with primes of the given sizes, relinearisation and no rotations.
    public static EncryptionProfile ckks(int polyModulusDegree, Integer... coeffModulusBits) {
        return new EncryptionProfile(
                Scheme.CKKS, polyModulusDegree, List.of(coeffModulusBits), null, null, null, null, null, null, null, null, null);
    }

    /// A BFV request with primes of the given sizes, a batching plaintext modulus, relinearisation and no rotations.
    public static EncryptionProfile bfv(int polyModulusDegree, int plainModulusBits, Integer... coeffModulusBits) {
        return new EncryptionProfile(
                Scheme.BFV,
                polyModulusDegree,
                List.of(coeffModulusBits),
                null,
                plainModulusBits,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// This profile with other rotations.
    public EncryptionProfile withRotations(Rotations rotations) {
        return new EncryptionProfile(
                scheme,
                polyModulusDegree,
                coeffModulusBits,
                coeffModulus,
                plainModulusBits,
                plainModulus,
                rotations,
                relinearization,
                keyForm,
                sealStamp,
                digest,
                parmsId);
    }
}
