package dev.hypercache.runtime.call;

/**
 * What an operator sees of a ring and may ask of it, at one of its members. Safe for use by any threads; methods that change the
 * ring wait for the topology log.
 */
public interface RingOperations {

    /** The ring as this member knows it. */
    RingReport report();

    /**
     * Removes a member that will not return: it is counted no more, and others get what it held. The way out for a ring that lost a
     * node for good; a node that comes back under its name needs none.
     *
     * @param nodeName the member's name
     * @param evenIfAlive whether a member that answers is removed, too; it ends then
     * @throws IllegalArgumentException if no member has that name
     * @throws IllegalStateException if it answers, unless that does not matter, or is the last one
     * @throws javax.cache.CacheException if the ring cannot agree now
     */
    void remove(String nodeName, boolean evenIfAlive);
}
