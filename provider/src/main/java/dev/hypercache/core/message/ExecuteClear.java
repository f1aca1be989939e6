package dev.hypercache.core.message;

/** Asks a slot's leader to clear a cache. */
public record ExecuteClear(int slot, RequestHead head, int cache) implements RequestMessage {}
