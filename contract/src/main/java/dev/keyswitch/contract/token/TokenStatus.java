package dev.keyswitch.contract.token;

/// What people decided about a token. *Expired* and *unassigned* are derived, never stored as a status.
public enum TokenStatus {
    ACTIVE,
    SUSPENDED,
    CANCELED
}
