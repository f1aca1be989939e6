package dev.hypercache.runtime.ring;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the keys of the live records of a cache in this node's copies, one slot after the other.
 *
 * <p>Weakly consistent: a copy may lag behind its leader by what is under way. Whoever needs the value of a key reads it.
 * Holds the keys of one slot at a time.
 */
final class CopyCursor implements KeyCursor {

    private final int cache;
    private final SlotCells cells;
    private final LongSupplier nowMillis;
    private final Queue<Object> ofSlot = new ArrayDeque<>();
    private int nextSlot;
    private @Nullable Object current;

    CopyCursor(int cache, SlotCells cells, LongSupplier nowMillis) {
        this.cache = cache;
        this.cells = cells;
        this.nowMillis = nowMillis;
    }

    @Override
    public boolean advance() {
        while (ofSlot.isEmpty() && nextSlot < cells.size()) {
            cells.cell(nextSlot++).withCopy(this::collect);
        }
        current = ofSlot.poll();
        return current != null;
    }

    private void collect(SlotState copy) {
        long now = nowMillis.getAsLong();
        for (EntryCursor<StoredRecord> cursor = copy.replica(cache).cursor(); cursor.advance(); ) {
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
