package dev.keyswitch.contract.evaluationkey;

/// One SEAL object inside an evaluation key.
///
/// @param offset first byte within the key
/// @param length bytes
public record EvaluationKeyPart(Kind kind, long offset, long length) {

    /// `RELINEARIZATION` is a SEAL RelinKeys object, `ROTATION` a GaloisKeys object.
    public enum Kind {
        RELINEARIZATION,
        ROTATION
    }
}
