package dev.keyswitch.contract.account;

/// What a credential may do.
public enum Role {
    /// Of the deployment: accounts only, nothing inside them.
    ADMIN,
    OWNER,
    OPERATOR,
    VIEWER,
    /// An evk-worker, bound to one key holder.
    AGENT,
    /// A model server that asks whether a token may query.
    GATEWAY
}
