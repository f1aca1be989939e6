package dev.hypercache.core.message;

import dev.hypercache.core.record.HybridVersion;

/** The replica has cleared the cache up to this version or a later one, unless its verdict says otherwise. */
public record ClearStored(int slot, HolderHead holder, int cache, HybridVersion version, Stored.Verdict verdict)
        implements LeaderlessMessage {}
