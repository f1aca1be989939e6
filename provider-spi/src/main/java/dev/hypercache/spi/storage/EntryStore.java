package dev.hypercache.spi.storage;

import org.jspecify.annotations.Nullable;

/**
 * The records of one cache in one slot.
 *
 * <p>A store is a map and nothing more: it never expires, evicts, merges or compares records. That is the business of
 * the replica that owns it (CONSISTENCY §2, the one apply rule).
 *
 * <p><b>Keys</b> are opaque handles with stable {@code equals} and {@code hashCode}. The store keeps a reference to the
 * handle of the first {@link #put} of a key or to a later equal one; it never copies, encodes or inspects handles.
 * <b>Records</b> are opaque references. A store may file those that are {@link Linked} as they are and then hands out
 * copies of them; it never calls a method on others.
 *
 * <p><b>Threading.</b> {@link #put}, {@link #remove} and {@link #clear} are called by one writer at a time: the caller
 * holds the lock of the slot, which also orders successive writers. {@link #get}, {@link #size} and {@link #cursor} may be
 * called by any thread at any time and never wait for a writer. What a writer stored <i>happens-before</i> a reader sees
 * it: a reader gets either the record before or the record after, whole.
 *
 * <p><b>Errors.</b> A null key or record is a {@link NullPointerException}. No method throws anything else, bar
 * {@link VirtualMachineError}.
 *
 * @param <R> the record type of the replica that owns this store
 */
public interface EntryStore<R> {

    /**
     * Returns the record of a key, without waiting.
     *
     * @param key the key's handle
     * @return the record of the latest completed {@link #put}, or of one still under way, or null if nothing is held
     */
    @Nullable
    R get(Object key);

    /**
     * Does what {@link #get(Object)} does, for a caller that knows the key's hash code already.
     *
     * @param key the key's handle
     * @param hashCode what its {@code hashCode} returns
     * @return as {@link #get(Object)}
     */
    default @Nullable R get(Object key, int hashCode) {
        return get(key);
    }

    /**
     * Stores a record in place of whatever was held for the key. Called under the slot's lock.
     *
     * @param key the key's handle
     * @param record the record to hold
     */
    void put(Object key, R record);

    /**
     * Drops a key and its record; does nothing if the key is not held. Called under the slot's lock.
     *
     * @param key the key's handle
     */
    void remove(Object key);

    /**
     * Returns the number of keys held. Exact for whoever holds the slot's lock; for others a number that was or will
     * be true within the span of the writes under way.
     *
     * @return 0 or more
     */
    int size();

    /** Drops everything. Called under the slot's lock. The store stays usable. */
    void clear();

    /**
     * Opens a cursor before the first entry. Any number of cursors may be open; none needs closing, and an abandoned one
     * costs nothing but its own memory. See {@link EntryCursor} for what a cursor sees while the store changes.
     *
     * @return a new cursor, for use by one thread at a time
     */
    EntryCursor<R> cursor();
}
