package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingDefinitions;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.call.RingOperations;

/** A node that outlives the managers that use it. */
record SeatedNode(RingNode node) implements RingNode {

    @Override
    public int ringId(String cacheName, CacheTraits traits) {
        return node.ringId(cacheName, traits);
    }

    @Override
    public void quit(int id, CacheTraits traits) {
        node.quit(id, traits);
    }

    @Override
    public RingDefinitions definitions() {
        return node.definitions();
    }

    @Override
    public RingClient openCache(CacheSpec spec) {
        return node.openCache(spec);
    }

    @Override
    public RingOperations operations() {
        return node.operations();
    }

    /** The ring closes its nodes itself. */
    @Override
    public void close() {}
}
