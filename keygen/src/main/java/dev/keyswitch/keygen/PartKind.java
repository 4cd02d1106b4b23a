package dev.keyswitch.keygen;

/// What one SEAL object inside an evaluation key is for.
public enum PartKind {
    /// SEAL `RelinKeys`: brings a product of ciphertexts back to two polynomials.
    RELINEARIZATION,
    /// SEAL `GaloisKeys`: rotations of the slots, and conjugation or row swap.
    ROTATION
}
