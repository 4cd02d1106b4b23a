package dev.keyswitch.keygen;

import java.util.Arrays;
import java.util.Optional;

/// The homomorphic encryption schemes that SEAL offers.
public enum Scheme {
    BFV(1),
    CKKS(2),
    BGV(3);

    private final int sealId;

    Scheme(int sealId) {
        this.sealId = sealId;
    }

    static Optional<Scheme> ofSealId(int sealId) {
        return Arrays.stream(values()).filter(scheme -> scheme.sealId == sealId).findFirst();
    }

    /// The number that stands for this scheme in SEAL's files and in its parameter ids.
    public int sealId() {
        return sealId;
    }
}
