package dev.hypercache.core.replica;

/** What the apply rule said to a record. */
public enum ApplyResult {
    /** The record is held now. */
    INSTALLED,
    /** Something at least as new is held already. */
    SUPERSEDED,
    /** Another clear is held that this one must not replace: only the leader can settle the two. */
    DISPUTED,
    /** The sender's ballot is below the one promised for the slot. */
    FENCED,
    /** Nothing is held for the key and the version is not above the floor: it may have been deleted since. */
    BELOW_FLOOR
}
