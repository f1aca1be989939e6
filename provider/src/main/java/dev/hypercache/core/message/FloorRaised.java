package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;

/** The floor of a replica's copy is this version or a later one. */
public record FloorRaised(int slot, long ballot, long copy, Version floor) implements Message {}
