package dev.hypercache.storage;

import dev.hypercache.spi.storage.EntryStore;
import dev.hypercache.spi.storage.EntryStoreConcurrencyContract;

final class HeapEntryStoreConcurrencyTest extends EntryStoreConcurrencyContract {

    @Override
    protected EntryStore<Object> create() {
        return new HeapEntryStores().create("test", 0);
    }
}
