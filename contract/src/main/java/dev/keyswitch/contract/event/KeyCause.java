package dev.keyswitch.contract.event;

/// Why an evaluation key is asked for.
public enum KeyCause {
    ASSIGNED,
    REASSIGNED,
    PROFILE_CHANGED,
    REINSTATED,
    RETRIED,
    RELEASED,
    SWEPT
}
