package dev.keyswitch.api.outbox;

/// An event with the position it is published at; 0 for one that has none.
record PlacedEvent(WaitingEvent event, long position) {}
