package dev.hypercache.storage;

import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.Linked;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the bins of a {@link HeapEntryStore} as they were when it began.
 *
 * <p>A table that the store has outgrown meanwhile keeps the records of that moment, so none is missed or met twice.
 */
final class HeapCursor<R> implements EntryCursor<R> {

    private final Linked[] table;
    private final @Nullable Iterator<Map.Entry<Object, R>> others;
    private int bin = -1;
    private @Nullable Linked filed;
    private @Nullable Object key;
    private @Nullable R record;

    HeapCursor(Linked[] table, @Nullable Map<Object, R> others) {
        this.table = table;
        this.others = others == null ? null : others.entrySet().iterator();
    }

    @Override
    public boolean advance() {
        Linked next = filed == null ? null : filed.next();
        while (next == null && bin + 1 < table.length) {
            next = HeapEntryStore.first(table, ++bin);
        }
        filed = next;
        if (next != null) {
            key = next.filedKey();
            record = HeapEntryStore.recordOf(next);
            return true;
        }
        return advanceBeyondTable();
    }

    private boolean advanceBeyondTable() {
        boolean found = others != null && others.hasNext();
        Map.Entry<Object, R> entry = found && others != null ? others.next() : null;
        key = entry == null ? null : entry.getKey();
        record = entry == null ? null : entry.getValue();
        return found;
    }

    @Override
    public Object key() {
        return positioned(key);
    }

    @Override
    public R record() {
        return positioned(record);
    }

    private static <T> T positioned(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the cursor stands before the first or after the last entry");
        }
        return part;
    }
}
