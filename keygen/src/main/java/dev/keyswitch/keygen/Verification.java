package dev.keyswitch.keygen;

/// What the verifier measured while it decrypted every component of an evaluation key.
///
/// @param components how many components were decrypted; all of them held
/// @param maxAbsoluteNoise the largest noise coefficient seen
/// @param noiseBound what the noise may not exceed
public record Verification(int components, int maxAbsoluteNoise, int noiseBound) {}
