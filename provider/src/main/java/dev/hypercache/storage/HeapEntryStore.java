package dev.hypercache.storage;

import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps records on the heap, in a hash map that readers never wait for. */
public final class HeapEntryStore<R> implements EntryStore<R> {

    private final ConcurrentHashMap<Object, R> records = new ConcurrentHashMap<>();

    @Override
    public @Nullable R get(Object key) {
        return records.get(key);
    }

    @Override
    public void put(Object key, R record) {
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
    public EntryCursor<R> cursor() {
        return new Cursor<>(records.entrySet().iterator());
    }

    private static final class Cursor<R> implements EntryCursor<R> {
        private final Iterator<Map.Entry<Object, R>> entries;
        private Map.@Nullable Entry<Object, R> current;
        private @Nullable R record;

        Cursor(Iterator<Map.Entry<Object, R>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean advance() {
            boolean found = entries.hasNext();
            current = found ? entries.next() : null;
            record = current == null ? null : current.getValue();
            return found;
        }

        @Override
        public Object key() {
            return positioned(current).getKey();
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
}
