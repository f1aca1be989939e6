package dev.hypercache.cluster;

import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.ConsistencyLevel;
import javax.cache.Cache;
import javax.cache.CacheException;

/** What a test asks of the cache of a node, in words. */
final class NodeCalls {

    private final Cache<String, String> cache;
    private final Cache<String, String> near;

    NodeCalls(Cache<String, String> cache) {
        this.cache = cache;
        this.near = ((HyperCache<String, String>) cache).withConsistency(ConsistencyLevel.ONE);
    }

    /** Does it, and says what came of it in one line. */
    String answer(String... words) {
        try {
            switch (words[0]) {
                case "put":
                    cache.put(words[1], words[2]);
                    return "done";
                case "remove":
                    return String.valueOf(cache.remove(words[1]));
                case "get":
                    return String.valueOf(cache.get(words[1]));
                case "near":
                    return String.valueOf(near.get(words[1]));
                default:
                    return "unknown " + words[0];
            }
        } catch (CacheException e) {
            return "failed " + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }
}
