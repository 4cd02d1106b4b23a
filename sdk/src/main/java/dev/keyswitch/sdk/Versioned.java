package dev.keyswitch.sdk;

/// A thing as it was read, and its tag: a change that names the tag is refused with 412 if somebody else has changed the thing
/// meanwhile.
public record Versioned<T>(T value, String tag) {}
