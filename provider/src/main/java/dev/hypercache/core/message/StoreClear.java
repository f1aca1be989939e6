package dev.hypercache.core.message;

import dev.hypercache.core.record.HybridVersion;

/** Everything of a cache up to a version is gone. */
public record StoreClear(int slot, HolderHead holder, int cache, HybridVersion version) implements LeaderlessMessage {}
