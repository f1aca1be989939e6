package dev.hypercache.core.message;

/** The client still needs its hold, or still waits for it. */
public record RenewHold(int slot, long hold, long client, RecordKey name) implements Message {}
