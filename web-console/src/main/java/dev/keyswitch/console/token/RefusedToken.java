package dev.keyswitch.console.token;

/// A token that was refused among many, and why.
public record RefusedToken(String name, String path, String reason) {}
