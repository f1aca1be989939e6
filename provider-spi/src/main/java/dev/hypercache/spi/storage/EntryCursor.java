package dev.hypercache.spi.storage;

/**
 * A weakly consistent walk over an {@link EntryStore}, in an order that the store chooses.
 *
 * <p>Changes made while the walk goes on never make it fail. An entry whose key is held from the opening of the cursor
 * to its end is met exactly once, whether or not its record is replaced meanwhile. A key removed or put in between may or
 * may not be met; a key can be met a second time only if it was removed and put again after it was first met.
 *
 * <p>Confined to one thread at a time.
 *
 * @param <R> the record type of the store
 */
public interface EntryCursor<R> {

    /**
     * Moves to the next entry. Once this returned false it returns false for ever.
     *
     * @return true if there is one
     */
    boolean advance();

    /**
     * Returns the key's handle at the cursor. Stays the same until the next {@link #advance}.
     *
     * @return the handle that the store holds
     * @throws IllegalStateException before the first {@link #advance} or after one that returned false
     */
    Object key();

    /**
     * Returns the record at the cursor: one that the key had at some moment since the cursor was opened. Stays the same
     * until the next {@link #advance}, even if the key is removed meanwhile.
     *
     * @return the record
     * @throws IllegalStateException before the first {@link #advance} or after one that returned false
     */
    R record();
}
