package dev.keyswitch.contract.model;

/// Whether the tokens assigned to a model can query it.
public enum ModelStatus {
    ACTIVE,
    INACTIVE
}
