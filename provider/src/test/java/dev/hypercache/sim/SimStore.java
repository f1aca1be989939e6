package dev.hypercache.sim;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store whose order is that of insertion, so that a run depends on no hash code. */
final class SimStore implements EntryStore<StoredRecord> {

    private final Map<Object, StoredRecord> records = new LinkedHashMap<>();

    @Override
    public @Nullable StoredRecord get(Object key) {
        return records.get(key);
    }

    @Override
    public void put(Object key, StoredRecord record) {
        records.put(key, record);
    }

    @Override
    public void remove(Object key) {
        records.remove(key);
    }

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public void clear() {
        records.clear();
    }

    @Override
    public EntryCursor<StoredRecord> cursor() {
        List<Map.Entry<Object, StoredRecord>> entries = new ArrayList<>();
        records.forEach((key, record) -> entries.add(Map.entry(key, record)));
        return new Snapshot(entries.iterator());
    }

    private static final class Snapshot implements EntryCursor<StoredRecord> {
        private final Iterator<Map.Entry<Object, StoredRecord>> entries;
        private Map.@Nullable Entry<Object, StoredRecord> current;

        Snapshot(Iterator<Map.Entry<Object, StoredRecord>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean advance() {
            current = entries.hasNext() ? entries.next() : null;
            return current != null;
        }

        @Override
        public Object key() {
            return entry().getKey();
        }

        @Override
        public StoredRecord record() {
            return entry().getValue();
        }

        private Map.Entry<Object, StoredRecord> entry() {
            Map.Entry<Object, StoredRecord> held = current;
            if (held == null) {
                throw new IllegalStateException("the cursor stands on no entry");
            }
            return held;
        }
    }
}
