package dev.keyswitch.contract.model;

/// The homomorphic encryption scheme of a model.
public enum Scheme {
    CKKS,
    BFV,
    BGV
}
