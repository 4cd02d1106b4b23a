package dev.keyswitch.keygen;

/// How the second polynomial of each key component is written.
public enum KeyForm {
    /// As the 64-byte seed it is expanded from: half the size; the reader expands it when loading.
    SEEDED,
    /// As it is, all residues written out.
    PLAIN
}
