package dev.hypercache.core.repair;

/** What happens while nodes compare themselves; counted by metrics. */
public enum RepairEvent {
    /** A follower was asked whether it holds the same. */
    CYCLE,
    /** It does. */
    CLEAN,
    /** A slot of a follower is not what the leader's is, and not because of writes under way. */
    DIFFERED,
    /** A follower did not answer in time. */
    UNANSWERED,
    /** A leader was told that a reader had seen a follower stale. */
    STALE_TOLD,
    /** Too many such hints were kept already. */
    STALE_DROPPED
}
