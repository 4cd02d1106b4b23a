package dev.keyswitch.contract.preview;

/// What it takes to make the evaluation keys that a change would ask for.
///
/// @param keys how many; for a change of a model's encryption profile, one for each of its tokens
/// @param sizeBytes of all of them together, exactly
/// @param seconds on one core of a 2026 server; an estimate, see `KeyEstimate`
public record KeyWork(long keys, long sizeBytes, double seconds) {}
