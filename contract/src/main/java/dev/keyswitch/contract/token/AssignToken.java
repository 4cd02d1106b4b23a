package dev.keyswitch.contract.token;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Body of `PUT /v1/tokens/{id}/assignment`.
///
/// @param reassign move the token if it is assigned to another model; default false: refuse
/// @param mode default IMMEDIATE
public record AssignToken(@Nullable UUID modelId, @Nullable Boolean reassign, @Nullable AssignmentMode mode) {}
