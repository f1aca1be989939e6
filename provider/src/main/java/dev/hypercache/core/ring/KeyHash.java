package dev.hypercache.core.ring;

/**
 * A key's handle on a ring: it knows the hash that places it.
 *
 * <p>Equal handles have equal hashes on every node. Embedded nodes use the application's own objects as handles instead.
 */
public interface KeyHash {

    /** The 64-bit hash of the cache's id and the key's canonical bytes. */
    long hash64();
}
