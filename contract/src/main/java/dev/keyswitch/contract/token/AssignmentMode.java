package dev.keyswitch.contract.token;

/// How a token moves to another model: at once, or only when the new evaluation key is ready.
public enum AssignmentMode {
    IMMEDIATE,
    WHEN_READY
}
