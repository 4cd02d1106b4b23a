package dev.keyswitch.contract.bulk;

/// What a line of a bulk call asks for. Each does what the single call does, is refused as that is, and takes its body.
public enum TokenOperation {
    /// `POST /v1/tokens`; without `tokenId`.
    CREATE,
    /// `PATCH /v1/tokens/{id}`; renews with `expiresAt`.
    UPDATE,
    /// `PUT /v1/tokens/{id}/assignment` with `modelId`: a token of another model is refused.
    ASSIGN,
    /// The same with `reassign: true`: the token is moved wherever it is, `mode` says when.
    REASSIGN,
    /// `DELETE /v1/tokens/{id}/assignment`; with `modelId` only if it is the one to that model.
    UNASSIGN,
    /// A pause; without a body, as are the next three.
    SUSPEND,
    /// Ends a pause; a canceled token is refused.
    RESUME,
    CANCEL,
    /// Makes a canceled token active again; a suspended one is refused.
    REINSTATE,
    /// `POST /v1/tokens/{id}/roll`.
    ROLL,
    /// `DELETE /v1/tokens/{id}`; without a body.
    DELETE
}
