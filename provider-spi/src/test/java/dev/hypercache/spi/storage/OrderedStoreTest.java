package dev.hypercache.spi.storage;

import java.util.concurrent.ConcurrentSkipListMap;

final class OrderedStoreTest extends EntryStoreContract {

    @Override
    protected EntryStore<Object> create() {
        return new ConcurrentMapStore<>(new ConcurrentSkipListMap<>());
    }
}
