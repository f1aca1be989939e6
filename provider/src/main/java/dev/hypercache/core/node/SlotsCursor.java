package dev.hypercache.core.node;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;

/** Walks over the stores of all slots, one after the other; each is opened when the walk comes to it. */
final class SlotsCursor implements EntryCursor<StoredRecord> {

    private final EntryStore<StoredRecord>[] stores;
    private int slot;
    private EntryCursor<StoredRecord> current;

    SlotsCursor(EntryStore<StoredRecord>[] stores) {
        this.stores = stores;
        this.current = stores[0].cursor();
    }

    @Override
    public boolean advance() {
        while (!current.advance()) {
            if (slot + 1 == stores.length) {
                return false;
            }
            current = stores[++slot].cursor();
        }
        return true;
    }

    @Override
    public Object key() {
        return current.key();
    }

    @Override
    public StoredRecord record() {
        return current.record();
    }
}
