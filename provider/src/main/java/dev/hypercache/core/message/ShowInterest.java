package dev.hypercache.core.message;

import java.util.List;

/**
 * Says of which caches the sender wants to hear what expires, wherever it does; repeated as long as it does.
 *
 * @param slot 0: it is about no slot
 * @param caches their ids, at most {@link #CACHES_MAX}
 */
public record ShowInterest(int slot, List<Integer> caches) implements Message {

    /** The most caches of one node that are told of. */
    public static final int CACHES_MAX = 10_000;
}
