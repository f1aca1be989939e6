package dev.hypercache.spi.storage;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The plainest store there is: the double that shows that the contract can be met. */
final class ConcurrentMapStore<R> implements EntryStore<R> {

    private final ConcurrentMap<Object, R> records;

    ConcurrentMapStore(ConcurrentMap<Object, R> records) {
        this.records = records;
    }

    @Override
    public @Nullable R get(Object key) {
        return records.get(key);
    }

    @Override
    public void put(Object key, R record) {
        records.put(key, Objects.requireNonNull(record, "record"));
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
    public EntryCursor<R> cursor() {
        return new IteratorCursor<>(records.entrySet().iterator());
    }

    private static final class IteratorCursor<R> implements EntryCursor<R> {

        private final Iterator<Map.Entry<Object, R>> entries;
        private @Nullable Object key;
        private @Nullable R record;
        private boolean exhausted;

        IteratorCursor(Iterator<Map.Entry<Object, R>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean advance() {
            if (!exhausted && entries.hasNext()) {
                Map.Entry<Object, R> entry = entries.next();
                key = entry.getKey();
                record = entry.getValue();
                return true;
            }
            exhausted = true;
            key = null;
            record = null;
            return false;
        }

        @Override
        public Object key() {
            return onEntry(key);
        }

        @Override
        public R record() {
            return onEntry(record);
        }

        private static <T> T onEntry(@Nullable T value) {
            if (value == null) {
                throw new IllegalStateException("The cursor is on no entry: call advance() until it returns false.");
            }
            return value;
        }
    }
}
