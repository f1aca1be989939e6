package dev.hypercache.spi.storage;

/**
 * Makes the stores of a node, one for each pair of cache and slot.
 *
 * <p>Called by any thread, possibly by several at once. Making a store is cheap and starts nothing: a node makes
 * thousands, most of which stay nearly empty.
 */
public interface EntryStoreFactory {

    /**
     * Makes an empty store.
     *
     * @param cacheName the cache's name, for diagnosis only; two stores of one name are independent
     * @param slot the slot's number, 0 to the slot count less one
     * @param <R> the record type of the replica that will own the store
     * @return a new store that nobody else holds
     */
    <R> EntryStore<R> create(String cacheName, int slot);
}
