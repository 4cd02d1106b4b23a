package dev.keyswitch.standalone.bench;

import dev.keyswitch.keygen.EncryptionParameters;
import dev.keyswitch.keygen.KeyForm;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.Primes;
import dev.keyswitch.keygen.RotationSteps;
import dev.keyswitch.keygen.Scheme;
import dev.keyswitch.keygen.SealStamp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What is measured: a relinearisation key and some rotation keys, few enough that one run stays short.
///
/// @param keys the relinearisation key and one for each step
/// @param bits lengths of the primes
record BenchProfile(Scheme scheme, int degree, long plainModulus, int keys, int... bits) {
    static final List<BenchProfile> ALL = List.of(
            new BenchProfile(Scheme.BFV, 4096, 1032193, 24, 36, 36, 37),
            new BenchProfile(Scheme.CKKS, 8192, 0, 16, 60, 40, 40, 60),
            new BenchProfile(Scheme.CKKS, 16384, 0, 4, 60, 40, 40, 40, 40, 40, 40, 60),
            new BenchProfile(Scheme.CKKS, 32768, 0, 2, 60, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 60));

    /// As the command line has it: `ckks-8192`.
    static Optional<BenchProfile> named(String name) {
        return ALL.stream().filter(profile -> profile.toString().equals(name)).findFirst();
    }

    int[] steps() {
        return IntStream.range(1, keys).toArray();
    }

    EncryptionParameters parameters() {
        return EncryptionParameters.of(scheme, degree, Primes.create(degree, bits), plainModulus);
    }

    KeyProfile keyProfile(EncryptionParameters parameters, KeyForm form) {
        return new KeyProfile(parameters, RotationSteps.of(steps()), true, form, SealStamp.V3_7);
    }

    /// With all rotations that SEAL makes keys for by default.
    KeyProfile wholeSet(EncryptionParameters parameters, KeyForm form) {
        return new KeyProfile(parameters, RotationSteps.all(), true, form, SealStamp.V3_7);
    }

    @Override
    public String toString() {
        return scheme.name().toLowerCase(Locale.ROOT) + "-" + degree;
    }
}
