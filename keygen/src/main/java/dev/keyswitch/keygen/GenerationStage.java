package dev.keyswitch.keygen;

/// Where the time of key generation goes.
public enum GenerationStage {
    /// Noise: its random bits and what is made of them.
    SAMPLING,
    /// The words of second polynomials: BLAKE2Xb from a seed, or AES for those that are written out.
    EXPANSION,
    /// Residues, and their products with the secret.
    MULTIPLICATION,
    /// Number theoretic transforms of the noise, and its addition.
    TRANSFORM,
    /// Into bytes, and from there into the stream.
    WRITING
}
