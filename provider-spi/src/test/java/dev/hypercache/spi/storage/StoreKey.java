package dev.hypercache.spi.storage;

import java.util.Map;

/**
 * A key handle for store tests, comparable so that ordered stores can be tested too.
 *
 * @param id tells keys apart
 * @param hash what {@link #hashCode} returns
 */
record StoreKey(int id, int hash) implements Comparable<StoreKey> {

    /** A key whose hash spreads well. */
    static StoreKey of(int id) {
        return new StoreKey(id, id * 0x9E3779B9);
    }

    /** A key that shares its hash with every other of its kind. */
    static StoreKey colliding(int id) {
        return new StoreKey(-1 - id, 42);
    }

    /** A null that no static check sees. */
    static Object none() {
        return Map.of().get("absent");
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoreKey key && key.id == id;
    }

    @Override
    public int compareTo(StoreKey other) {
        return Integer.compare(id, other.id);
    }
}
