package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.call.TraitDifference;
import dev.hypercache.runtime.ring.MemberNode;
import java.util.List;
import javax.cache.CacheException;

/**
 * A node for whoever works on caches of others: it defines none and does not count among their users, so that a door which found
 * a cache does not keep its application from defining it anew. Knows no types; the order of writes must be that of the ring.
 */
record VisitorSeat(MemberNode node) implements RingNode {

    @Override
    public int ringId(String cacheName, CacheTraits traits) {
        for (DefinedCache cache : node.definitions().known()) {
            if (cache.name().equals(cacheName)) {
                requireSameLevel(cacheName, traits.differencesFrom(cache.traits()));
                return cache.id();
            }
        }
        throw new CacheException("cache '" + cacheName + "' does not exist on the ring any more");
    }

    private static void requireSameLevel(String cacheName, List<TraitDifference> differences) {
        for (TraitDifference difference : differences) {
            if (difference.field().equals(CacheTrait.WRITE_LEVEL.key())) {
                throw new CacheException("cache '" + cacheName + "' has " + difference);
            }
        }
    }

    @Override
    public RingClient openCache(CacheSpec spec) {
        return node.openCache(spec);
    }

    /** The ring closes its nodes itself. */
    @Override
    public void close() {}
}
