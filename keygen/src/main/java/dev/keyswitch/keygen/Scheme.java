package dev.keyswitch.keygen;

/// The homomorphic encryption schemes that SEAL offers.
public enum Scheme {
    BFV(1),
    CKKS(2),
    BGV(3);

    private final int sealId;

    Scheme(int sealId) {
        this.sealId = sealId;
    }

    /// The number that stands for this scheme in SEAL's files and in its parameter ids.
    public int sealId() {
        return sealId;
    }
}
