package dev.hypercache.runtime.call;

import java.util.Collection;

/**
 * What an operator sees of a ring and may ask of it, at one of its members. Safe for use by any threads; methods that change the
 * ring wait for the topology log.
 */
public interface RingOperations {

    /** The ring as this member knows it. */
    RingReport report();

    /** Whether this member hears a majority of those who vote in the topology log, without whom nothing can change. */
    boolean hasMajority();

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

    /**
     * Lets a ring go on whose topology log has lost the majority of its voters for good: those that are left agree on how. Members that
     * come back under their names need no such word; it is for those that will not.
     *
     * @param dead the names of members that will not return; it must be true of each, since what is said here makes them count no more
     * @throws IllegalArgumentException if one is no member
     * @throws IllegalStateException if one of them answers, or the log has its majority: then {@link #remove} is the way
     * @throws javax.cache.CacheException if somebody's consent is missing; the message names who is neither dead nor to be reached
     */
    void reform(Collection<String> dead);

    /**
     * Resets the slots that lost what they held and stand still, as {@code hypercache.loss.policy} RESET does by itself: their QUORUM
     * and ALL caches are empty then.
     *
     * @return how many there were
     * @throws javax.cache.CacheException if the ring cannot agree now
     */
    int resetLost();

    /**
     * Changes how many replicas each slot has. They are made or given up one after the other, while the ring serves.
     *
     * @param replicas 1 to 7; a ring with fewer members has as many as it has members
     * @throws IllegalArgumentException if it is another number
     * @throws javax.cache.CacheException if the ring cannot agree now
     */
    void setReplicationFactor(int replicas);
}
