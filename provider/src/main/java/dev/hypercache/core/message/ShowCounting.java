package dev.hypercache.core.message;

import java.util.List;

/**
 * Says which of the caches that are open at the sender are counted; repeated, so that whoever joins learns of it.
 *
 * @param slot 0: it is about no slot
 * @param switches at most {@link #SWITCHES_MAX}
 */
public record ShowCounting(int slot, List<CountingSwitch> switches) implements Message {

    /** The most caches of one node that are told of. */
    public static final int SWITCHES_MAX = 10_000;
}
