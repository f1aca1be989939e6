package dev.hypercache.core.message;

import java.util.List;

/**
 * Says of which caches the sender wants to hear what changes, wherever it does; repeated as long as it does. A member says it back to a
 * client, of all that others listen to as far as it knows, for a client is told by nobody else.
 *
 * @param slot 0: it is about no slot
 * @param round counts what the sender said; to a client, that of the word that is answered
 * @param caches at most {@link #CACHES_MAX}
 */
public record ShowInterest(int slot, long round, List<CacheInterest> caches) implements Message {

    /** The most caches of one node that are told of. */
    public static final int CACHES_MAX = 10_000;
}
