package dev.keyswitch.contract.account;

/// A new account and its first credential.
///
/// @param ownerCredential with its value, which is shown this once
public record CreatedAccount(Account account, Credential ownerCredential) {}
