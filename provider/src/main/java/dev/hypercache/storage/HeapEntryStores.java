package dev.hypercache.storage;

import dev.hypercache.spi.storage.EntryStore;
import dev.hypercache.spi.storage.EntryStoreFactory;

/** Makes stores on the heap. */
public final class HeapEntryStores implements EntryStoreFactory {

    @Override
    public <R> EntryStore<R> create(String cacheName, int slot) {
        return new HeapEntryStore<>();
    }
}
