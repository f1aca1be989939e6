package dev.hypercache.core.message;

/**
 * What the holders of a slot tell each other with every message about caches that nobody orders.
 *
 * @param epoch the slot's epoch as the sender knows it
 * @param copy in a request the receiver's copy that is meant, {@link #UNKNOWN} if the sender does not know it; in an answer the
 *     sender's own copy
 * @param wallMillis the sender's wall clock
 * @param stamp the highest stamp of the sender's hybrid clock
 */
public record HolderHead(int epoch, long copy, long wallMillis, long stamp) {

    /** Copies count from 1. */
    public static final long UNKNOWN = 0;
}
