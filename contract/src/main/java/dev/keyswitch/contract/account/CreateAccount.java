package dev.keyswitch.contract.account;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/accounts`.
///
/// @param slug 1 to 40 lower-case letters, digits and hyphens; fixed for ever, part of the account's topic names
/// @param name default: the slug
public record CreateAccount(@Nullable String slug, @Nullable String name) {}
