package dev.hypercache.core.message;

/**
 * Names an entry within a slot.
 *
 * @param cache the cache's id in the ring
 * @param key the key's handle
 */
public record RecordKey(int cache, Object key) {

    /** As that of any record, which goes through a method handle: this is compared several times for each operation. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RecordKey && cache == ((RecordKey) other).cache && key.equals(((RecordKey) other).key);
    }

    @Override
    public int hashCode() {
        return 31 * cache + key.hashCode();
    }
}
