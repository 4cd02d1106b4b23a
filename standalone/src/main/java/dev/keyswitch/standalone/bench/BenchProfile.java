package dev.keyswitch.standalone.bench;

import dev.keyswitch.keygen.EncryptionParameters;
import dev.keyswitch.keygen.KeyForm;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.Primes;
import dev.keyswitch.keygen.RotationSteps;
import dev.keyswitch.keygen.Scheme;
import dev.keyswitch.keygen.SealStamp;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// What is measured: a relinearisation key and some rotation keys, few enough that one run stays short.
enum BenchProfile {
    BFV_4096(Scheme.BFV, 1032193, 8, 36, 36, 37),
    CKKS_8192(Scheme.CKKS, 0, 8, 60, 40, 40, 60),
    CKKS_16384(Scheme.CKKS, 0, 4, 60, 40, 40, 40, 40, 40, 40, 60),
    CKKS_32768(Scheme.CKKS, 0, 2, 60, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 60);

    private final Scheme scheme;
    private final long plainModulus;
    private final int keys;
    @SuppressWarnings("ImmutableEnumChecker") // never handed out, never written
    private final int[] bits;

    BenchProfile(Scheme scheme, long plainModulus, int keys, int... bits) {
        this.scheme = scheme;
        this.plainModulus = plainModulus;
        this.keys = keys;
        this.bits = bits;
    }

    Scheme scheme() {
        return scheme;
    }

    int degree() {
        return Integer.parseInt(name().substring(name().indexOf('_') + 1));
    }

    int[] bits() {
        return bits.clone();
    }

    long plainModulus() {
        return plainModulus;
    }

    /// The relinearisation key and one for each step.
    int keys() {
        return keys;
    }

    int[] steps() {
        return IntStream.range(1, keys).toArray();
    }

    EncryptionParameters parameters() {
        return EncryptionParameters.of(scheme, degree(), Primes.create(degree(), bits), plainModulus);
    }

    KeyProfile keyProfile(EncryptionParameters parameters, KeyForm form) {
        return new KeyProfile(parameters, RotationSteps.of(steps()), true, form, SealStamp.V3_7);
    }

    /// As the command line has it: `ckks-8192`.
    static BenchProfile named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no profile " + name + "."));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
