package dev.hypercache.runtime.ring;

import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the keys of the live records of a cache in this node's copies, one slot after the other.
 *
 * <p>Weakly consistent: a copy may lag behind its leader by what is under way. Whoever needs the value of a key reads it.
 * Holds the keys of one slot at a time.
 */
final class CopyCursor implements KeyCursor {

    private final SlotAccess access;
    private final SlotCells cells;
    private final Queue<Object> ofSlot = new ArrayDeque<>();
    private int nextSlot;
    private @Nullable Object current;

    CopyCursor(SlotAccess access, SlotCells cells) {
        this.access = access;
        this.cells = cells;
    }

    @Override
    public boolean advance() {
        while (ofSlot.isEmpty() && nextSlot < cells.size()) {
            cells.cell(nextSlot++).withCopy(this::collect);
        }
        current = ofSlot.poll();
        return current != null;
    }

    private void collect(SlotMachine copy) {
        SlotReplica records = access.recordsIn(copy);
        if (records == null) {
            return;
        }
        long now = access.timeMillis(copy);
        for (EntryCursor<StoredRecord> cursor = records.cursor(); cursor.advance(); ) {
            StoredRecord held = cursor.record();
            if (!held.isTombstone() && !held.isExpiredAt(now)) {
                ofSlot.add(cursor.key());
            }
        }
    }

    @Override
    public Object key() {
        Object found = current;
        if (found == null) {
            throw new NoSuchElementException("the cursor stands on no entry; advance it first");
        }
        return found;
    }
}
