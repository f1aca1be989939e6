package dev.hypercache.storage;

import static java.util.Objects.requireNonNull;

import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;
import dev.hypercache.spi.storage.Linked;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records on the heap, in a hash table that readers never wait for.
 *
 * <p>The records are the table's nodes, linked bin by bin. That saves a reader of {@code ConcurrentHashMap} one of the two
 * objects behind each bin, and a writer the lock of the bin: a store has one writer at a time, whoever guards the slot. A
 * record in the table is never changed but for its link. A new one takes the place of the old one, which keeps its link,
 * so a reader that stands on it gets on. Growing copies the records, for their links would lead such a reader astray.
 *
 * <p>Keys that collide could make a bin long. What exceeds {@link #BIN_LENGTH_MAX} goes to a {@code ConcurrentHashMap},
 * whose bins turn into trees.
 */
public final class HeapEntryStore<R> implements EntryStore<R> {

    /** The most records in a bin. */
    static final int BIN_LENGTH_MAX = 16;

    private static final int BINS_FIRST = 4;
    private static final int BINS_MAX = 1 << 26;
    private static final VarHandle BIN = MethodHandles.arrayElementVarHandle(Linked[].class);
    private static final VarHandle SIZE = sizeHandle();

    /** Spreads hash codes over 64 bits: 2^64 divided by the golden ratio. Whoever spreads keys over stores uses the top. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private volatile Linked[] bins = new Linked[1];
    private volatile @Nullable ConcurrentHashMap<Object, R> overlong;
    private int size;

    /** Files a record that brings no link. */
    private static final class Wrapped<R> extends Linked {
        final R record;

        Wrapped(R record) {
            this.record = record;
        }

        @Override
        public Linked copy() {
            return new Wrapped<>(record);
        }
    }

    private static VarHandle sizeHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(HeapEntryStore.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public @Nullable R get(Object key) {
        return get(key, key.hashCode());
    }

    @Override
    public @Nullable R get(Object key, int hashCode) {
        Linked[] table = bins;
        Linked at = (Linked) BIN.getAcquire(table, indexOf(hashCode, table.length));
        while (at != null) {
            if (at.isFiledUnder(key, hashCode)) {
                return unwrapped(at);
            }
            at = at.next();
        }
        ConcurrentHashMap<Object, R> others = overlong;
        return others == null ? null : others.get(key);
    }

    private static int indexOf(int hashCode, int length) {
        return (int) ((hashCode * GOLDEN) >>> 32) & (length - 1);
    }

    @SuppressWarnings("unchecked") // Only records that put() was given are in the table.
    private static <R> R unwrapped(Linked filed) {
        return filed instanceof Wrapped ? ((Wrapped<R>) filed).record : (R) filed;
    }

    private static Linked unfiled(Object record) {
        if (record instanceof Linked linked) {
            return linked.isFiled() ? linked.copy() : linked;
        }
        return new Wrapped<>(record);
    }

    @Override
    public void put(Object key, R record) {
        requireNonNull(record, "record");
        int hash = key.hashCode();
        Linked[] table = bins;
        int index = indexOf(hash, table.length);
        Linked before = null;
        int length = 0;
        for (Linked at = table[index]; at != null; at = at.next()) {
            if (at.isFiledUnder(key, hash)) {
                Linked filed = unfiled(record);
                filed.file(at.filedKey(), hash, at.next());
                replace(table, index, before, filed);
                return;
            }
            before = at;
            length++;
        }
        ConcurrentHashMap<Object, R> others = overlong;
        if (others != null && others.replace(key, record) != null) {
            return;
        }
        insert(key, hash, record, length);
        resized(1);
    }

    private void insert(Object key, int hash, R record, int binLength) {
        if (binLength >= BIN_LENGTH_MAX) {
            ConcurrentHashMap<Object, R> others = overlong;
            if (others == null) {
                others = new ConcurrentHashMap<>();
                overlong = others;
            }
            others.put(key, record);
            return;
        }
        Linked[] table = size < bins.length / 2 ? bins : grown();
        int index = indexOf(hash, table.length);
        Linked filed = unfiled(record);
        filed.file(key, hash, table[index]);
        BIN.setRelease(table, index, filed);
    }

    private static void replace(Linked[] table, int index, @Nullable Linked before, @Nullable Linked after) {
        if (before == null) {
            BIN.setRelease(table, index, after);
        } else {
            before.link(after);
        }
    }

    private Linked[] grown() {
        Linked[] old = bins;
        if (old.length >= BINS_MAX) {
            return old;
        }
        Linked[] table = new Linked[Math.max(BINS_FIRST, old.length * 2)];
        for (Linked bin : old) {
            for (Linked at = bin; at != null; at = at.next()) {
                int index = indexOf(at.filedHash(), table.length);
                Linked copy = at.copy();
                copy.file(at.filedKey(), at.filedHash(), table[index]);
                table[index] = copy;
            }
        }
        bins = table;
        return table;
    }

    private void resized(int by) {
        SIZE.setOpaque(this, size + by);
    }

    @Override
    public void remove(Object key) {
        int hash = key.hashCode();
        Linked[] table = bins;
        int index = indexOf(hash, table.length);
        Linked before = null;
        for (Linked at = table[index]; at != null; at = at.next()) {
            if (at.isFiledUnder(key, hash)) {
                replace(table, index, before, at.next());
                resized(-1);
                return;
            }
            before = at;
        }
        ConcurrentHashMap<Object, R> others = overlong;
        if (others != null && others.remove(key) != null) {
            resized(-1);
        }
    }

    @Override
    public int size() {
        return (int) SIZE.getOpaque(this);
    }

    @Override
    public void clear() {
        bins = new Linked[1];
        overlong = null;
        SIZE.setOpaque(this, 0);
    }

    @Override
    public EntryCursor<R> cursor() {
        return new HeapCursor<>(bins, overlong);
    }

    /** The first record of a bin. */
    static @Nullable Linked first(Linked[] table, int bin) {
        return (Linked) BIN.getAcquire(table, bin);
    }

    /** What was put for a record that is filed. */
    static <R> R recordOf(Linked filed) {
        return unwrapped(filed);
    }
}
