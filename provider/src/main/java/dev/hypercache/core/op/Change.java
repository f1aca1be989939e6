package dev.hypercache.core.op;

/** What an operation did to an entry. */
public enum Change {
    /** Nothing that an observer could see. */
    NONE,
    /** An entry came to be. */
    CREATED,
    /** An entry has a new value. */
    UPDATED,
    /** An entry was removed on demand. */
    REMOVED,
    /** An entry reached the end of its life. */
    EXPIRED,
    /** An entry had to make room. */
    EVICTED,
    /** An entry's end of life moved; its value and version stand. */
    TOUCHED
}
