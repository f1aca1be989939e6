package dev.hypercache.spi.storage;

import java.util.concurrent.ConcurrentHashMap;

final class HashStoreConcurrencyTest extends EntryStoreConcurrencyContract {

    @Override
    protected EntryStore<Object> create() {
        return new ConcurrentMapStore<>(new ConcurrentHashMap<>());
    }
}
