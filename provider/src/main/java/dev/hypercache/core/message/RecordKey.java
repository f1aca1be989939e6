package dev.hypercache.core.message;

/**
 * Names an entry within a slot.
 *
 * @param cache the cache's id in the ring
 * @param key the key's handle
 */
public record RecordKey(int cache, Object key) {}
