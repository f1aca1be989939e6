package dev.hypercache.codec;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** A key or value cannot be held by a cache that stores by value (JSR-107 §4.1): there is no way to copy it. */
public final class UnstorableValueException extends CacheException {
    private static final long serialVersionUID = 1L;

    private final String cacheName;
    private final String typeName;

    /**
     * @param cacheName the cache that refuses
     * @param type the class of the refused key or value
     * @param message why it cannot be stored, and the ways out
     */
    public UnstorableValueException(String cacheName, Class<?> type, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.cacheName = cacheName;
        this.typeName = type.getName();
    }

    /** The cache that refused. */
    public String cacheName() {
        return cacheName;
    }

    /** The class of the refused key or value. */
    public String typeName() {
        return typeName;
    }
}
