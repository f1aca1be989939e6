package dev.hypercache.examples.ring;

import javax.cache.Cache;

/** This process as a member of a ring of processes that keeps every entry three times. */
interface Grid {

    /** How many processes keep an entry. */
    int COPIES = 3;

    /** Waits until all members are there and nothing moves between them any more. */
    void awaitMembers() throws InterruptedException;

    /** Waits until this member, which the others have admitted, keeps and leads nine tenths of its share at least. */
    void awaitShare() throws InterruptedException;

    /** Opens the cache to work with; the same one in each member. */
    Cache<String, byte[]> cache(View view);

    /** The cache whose writes such a view reads. */
    default Cache<String, byte[]> writable(View view) {
        return cache(View.PRIMARY);
    }

    /** Where a present entry is, as seen from this member. */
    Place placeOf(String key);
}
