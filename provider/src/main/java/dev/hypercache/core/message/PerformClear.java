package dev.hypercache.core.message;

/** Asks a replica to clear a cache that nobody orders. */
public record PerformClear(int slot, RequestHead head, int cache) implements RequestMessage, LeaderlessMessage {}
