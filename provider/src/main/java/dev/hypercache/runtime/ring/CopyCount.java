package dev.hypercache.runtime.ring;

import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.function.Consumer;

/** Counts the records of a cache in this node's copies, slot by slot; traces of removals do not count. */
final class CopyCount implements Consumer<SlotMachine> {

    private final SlotAccess access;
    private long records;

    private CopyCount(SlotAccess access) {
        this.access = access;
    }

    /** About how many records there are in all slots: those that this node has no copy of are taken to be as full as its own. */
    static long estimate(SlotCells cells, SlotAccess access) {
        CopyCount count = new CopyCount(access);
        for (int slot = 0; slot < cells.size(); slot++) {
            cells.cell(slot).withCopy(count);
        }
        return count.records * cells.size() / Math.max(1, cells.held());
    }

    @Override
    public void accept(SlotMachine copy) {
        SlotReplica held = access.recordsIn(copy);
        if (held == null) {
            return;
        }
        for (EntryCursor<StoredRecord> cursor = held.cursor(); cursor.advance(); ) {
            records += cursor.record().isTombstone() ? 0 : 1;
        }
    }
}
