package dev.hypercache.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * The caches of a node as somebody finds them who knows no more than their names: a door of the node other than JCache.
 * Safe for use by any number of threads.
 */
@FunctionalInterface
public interface NamedCaches {

    /**
     * Finds a cache.
     *
     * @param name its name within its manager
     * @return null if no cache of that name is open here
     */
    @Nullable
    NamedCache find(String name);
}
