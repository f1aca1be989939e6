package dev.hypercache.examples.benchmarks;

/** How a cache keeps what it is given: as a copy, which is JCache's default, or as the caller's own object. */
public enum Storage {
    /** A copy is stored and a copy is handed out. */
    VALUE,
    /** The caller's object is stored and handed out. */
    REFERENCE
}
