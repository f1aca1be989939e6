package dev.hypercache.spi.storage;

import java.util.concurrent.ConcurrentSkipListMap;

final class OrderedStoreConcurrencyTest extends EntryStoreConcurrencyContract {

    @Override
    protected EntryStore<Object> create() {
        return new ConcurrentMapStore<>(new ConcurrentSkipListMap<>());
    }
}
