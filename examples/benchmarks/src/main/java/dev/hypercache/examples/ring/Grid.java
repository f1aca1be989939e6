package dev.hypercache.examples.ring;

import java.util.List;
import javax.cache.Cache;

/** A ring of processes that keeps every entry three times, as this process sees it: one of its members, or a client. */
interface Grid {

    /** How many processes keep an entry. */
    int COPIES = 3;

    /** Waits until all members are there and nothing moves between them any more. */
    void awaitMembers() throws InterruptedException;

    /**
     * Waits until this member, which the others have admitted, keeps and leads nine tenths of its share at least. A client has
     * none to wait for.
     */
    default void awaitShare() throws InterruptedException {}

    /** Those that this process can measure. */
    default List<View> views() {
        return List.of(View.PRIMARY, View.NEAREST);
    }

    /** Opens the cache to work with; the same one in each process. */
    Cache<String, byte[]> cache(View view);

    /** The cache whose writes such a view reads. */
    default Cache<String, byte[]> writable(View view) {
        return cache(View.PRIMARY);
    }

    /** Where a present entry is, as seen from this member; a client says how the first member sees it. */
    Place placeOf(String key);

    /** How often so far a request of this process came to a member that had to refuse it, if the grid counts that. */
    default long redirects() {
        return 0;
    }
}
