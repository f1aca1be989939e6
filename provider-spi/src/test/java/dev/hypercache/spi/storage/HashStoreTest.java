package dev.hypercache.spi.storage;

import java.util.concurrent.ConcurrentHashMap;

final class HashStoreTest extends EntryStoreContract {

    @Override
    protected EntryStore<Object> create() {
        return new ConcurrentMapStore<>(new ConcurrentHashMap<>());
    }
}
