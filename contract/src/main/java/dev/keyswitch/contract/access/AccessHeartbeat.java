package dev.keyswitch.contract.access;

/// Value of the access topic's heartbeat: every change committed before that moment stands before this record.
///
/// @param at milliseconds since 1970, by the clock of the database
public record AccessHeartbeat(long at) {}
