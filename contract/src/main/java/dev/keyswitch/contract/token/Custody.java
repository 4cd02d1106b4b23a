package dev.keyswitch.contract.token;

/// Who makes a token's evaluation key: a worker of its key holder by itself, or a person or program of the holder.
public enum Custody {
    AGENT,
    HOLDER
}
