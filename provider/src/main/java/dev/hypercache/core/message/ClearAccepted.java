package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;

/** The replica has cleared the cache up to this version or a later one. */
public record ClearAccepted(int slot, long ballot, int cache, Version version) implements Message {}
