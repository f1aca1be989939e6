package dev.hypercache.runtime.ring;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.function.Consumer;

/** Counts the records of a cache in this node's copies, slot by slot; traces of removals do not count. */
final class CopyCount implements Consumer<SlotState> {

    private final int cache;
    private long records;

    CopyCount(int cache) {
        this.cache = cache;
    }

    long records() {
        return records;
    }

    @Override
    public void accept(SlotState copy) {
        for (EntryCursor<StoredRecord> cursor = copy.replica(cache).cursor(); cursor.advance(); ) {
            records += cursor.record().isTombstone() ? 0 : 1;
        }
    }
}
