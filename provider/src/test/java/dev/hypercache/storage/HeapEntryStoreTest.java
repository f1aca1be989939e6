package dev.hypercache.storage;

import dev.hypercache.spi.storage.EntryStore;
import dev.hypercache.spi.storage.EntryStoreContract;

final class HeapEntryStoreTest extends EntryStoreContract {

    @Override
    protected EntryStore<Object> create() {
        return new HeapEntryStores().create("test", 0);
    }
}
