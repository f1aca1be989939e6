package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.CacheTraits;

/**
 * A cache that the ring has, whether it is open on this node or not.
 *
 * @param name its name, unique in the ring
 * @param id what the ring calls it; a cache that is destroyed and created again has another
 */
public record DefinedCache(String name, int id, CacheTraits traits) {}
