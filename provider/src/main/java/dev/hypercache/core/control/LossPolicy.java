package dev.hypercache.core.control;

/** What becomes of a slot of which a majority of voters is gone for good, so that what they alone held is gone, too. */
public enum LossPolicy {
    /** The slot begins anew with empty ordered caches: a mass eviction, and never a stale value. */
    RESET,
    /** The slot stands still, and operations on it fail, until an operator resets it. */
    BLOCK
}
