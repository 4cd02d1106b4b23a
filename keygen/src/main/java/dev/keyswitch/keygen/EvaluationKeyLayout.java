package dev.keyswitch.keygen;

import java.util.List;

/// Size and composition of an evaluation key, known before a single byte of it exists.
///
/// @param sizeBytes length of the whole content
/// @param parts the SEAL objects it consists of, one after the other
/// @param keySwitchingKeys relinearisation key (if any) plus one per Galois element
/// @param components ciphertexts in all key-switching keys together
public record EvaluationKeyLayout(long sizeBytes, List<Part> parts, int keySwitchingKeys, int components) {

    public EvaluationKeyLayout {
        parts = List.copyOf(parts);
    }

    /// One SEAL object: where it begins in the content and how long it is, in bytes.
    public record Part(PartKind kind, long offset, long length) {
        public Part {
            if (offset < 0 || length <= 0) {
                throw new IllegalArgumentException("a part needs a non-negative offset and a positive length");
            }
        }
    }
}
