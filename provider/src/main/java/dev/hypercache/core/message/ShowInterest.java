package dev.hypercache.core.message;

import java.util.List;

/**
 * Says of which caches the sender wants to hear what changes, wherever it does; repeated as long as it does.
 *
 * @param slot 0: it is about no slot
 * @param round counts what the sender said
 * @param caches at most {@link #CACHES_MAX}
 */
public record ShowInterest(int slot, long round, List<CacheInterest> caches) implements Message {

    /** The most caches of one node that are told of. */
    public static final int CACHES_MAX = 10_000;
}
