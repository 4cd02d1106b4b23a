package dev.keyswitch.contract.event;

/// Why an evaluation key is asked for.
public enum KeyCause {
    ASSIGNED,
    REASSIGNED,
    PROFILE_CHANGED,
    REINSTATED,
    HOLDER_CHANGED,
    ROOT_KEY_ROTATED,
    RETRIED,
    RELEASED,
    SWEPT
}
