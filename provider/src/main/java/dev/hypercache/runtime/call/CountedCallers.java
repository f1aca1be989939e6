package dev.hypercache.runtime.call;

import dev.hypercache.core.op.CacheCounts;

/** What the callers of one manager did to a cache. Safe for use by any threads; every method returns at once. */
public interface CountedCallers {

    /** What they did, without what the node lost by itself. */
    CacheCounts counts();

    /** Begins to count anew. */
    void clear();

    /** The ring counts from now on, or does no more. */
    void follow(boolean on);

    /** Whether anything is counted now. */
    boolean isCounting();
}
