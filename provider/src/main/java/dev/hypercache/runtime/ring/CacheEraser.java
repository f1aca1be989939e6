package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.DefinedCache;

/** Removes the entries of a cache that is not open here. */
record CacheEraser(NodeParts node) implements CacheRegistry.Eraser {

    @Override
    public void erase(DefinedCache cache) {
        SlotAccess access = cache.traits().ordered()
                ? new OrderedAccess(cache.id(), ConsistencyLevel.QUORUM, node)
                : new LeaderlessAccess(cache.id(), ConsistencyLevel.QUORUM, node.clock());
        new RingCalls(cache.name(), cache.id(), node, access).clear(CallOptions.mutation(node.timeoutMillis()));
    }
}
