package dev.keyswitch.contract.model;

/// How the random half of each key-switching component is stored: as a 64-byte seed (half the size) or written out.
public enum KeyForm {
    SEEDED,
    PLAIN
}
