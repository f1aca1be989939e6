package dev.hypercache.runtime.call;

import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * What a loader brought for one key: a value, nothing, or a failure. Shared with those who waited for the same load.
 *
 * @param valueHandle the value as the cache holds it, null if there is none
 * @param failure why nothing was loaded, null unless the loader failed
 */
public record Loaded(@Nullable Object valueHandle, @Nullable CacheLoaderException failure) {

    /** The loader has no value for the key. */
    public static final Loaded NOTHING = new Loaded(null, null);
}
