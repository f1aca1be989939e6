package dev.hypercache.core.leaderless;

/** What happens in caches that nobody orders and is worth counting. */
public enum LeaderlessEvent {
    /** A replica held something newer than a write that had just been performed, which was written anew above it. */
    LEADERLESS_STALE_RETRIED,
    /** A record from further ahead than clocks may differ was refused. */
    LEADERLESS_SKEW_REFUSED,
    /** A record that a majority refused as being from the future got a version of the present. */
    LEADERLESS_SKEW_RENAMED,
    /** An operation was performed that depends on what is held, so that others may have performed theirs at the same time. */
    LEADERLESS_ATOMIC,
    /** A replica took a new floor over. */
    LEADERLESS_FLOOR_RAISED,
    /** A record was refused because it may have been deleted since. */
    LEADERLESS_BELOW_FLOOR,
    /** A value that a replica had taken for deleted, and a majority held, was written anew. */
    LEADERLESS_REVIVED,
    /** A value that a majority had deleted was dropped. */
    LEADERLESS_DROPPED,
    /** More was missing at a replica than is remembered, so the two will be compared. */
    LEADERLESS_OVERFLOW_SYNC
}
