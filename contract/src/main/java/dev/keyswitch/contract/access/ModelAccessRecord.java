package dev.keyswitch.contract.access;

import java.util.UUID;

/// Value of the access topic's record of one model.
///
/// @param status `ACTIVE`, `INACTIVE` or `DELETED`; only the first is a yes
public record ModelAccessRecord(long revision, UUID modelId, String status) {}
