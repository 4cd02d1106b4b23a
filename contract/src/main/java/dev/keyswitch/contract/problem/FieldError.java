package dev.keyswitch.contract.problem;

/// What is wrong with one field.
///
/// @param pointer JSON pointer into the body (RFC 6901)
public record FieldError(String pointer, String detail) {}
