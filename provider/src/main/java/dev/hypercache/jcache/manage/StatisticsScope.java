package dev.hypercache.jcache.manage;

/** Whose operations statistics are about. */
public enum StatisticsScope {
    /** What the callers of one manager did, and what was lost in the slots that its node leads. */
    LOCAL,
    /** The sum over all members of the ring. */
    CLUSTER
}
