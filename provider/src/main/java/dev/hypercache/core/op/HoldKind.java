package dev.hypercache.core.op;

/** Why somebody holds a key. */
public enum HoldKind {
    /** Loads the value from elsewhere. Any mutation of the key breaks the hold: what is being loaded may be stale. */
    LOAD,
    /** Runs an entry processor or writes through. Mutations of others wait. */
    EXCLUSIVE
}
