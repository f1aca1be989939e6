package dev.hypercache.core.lead;

/** What happens to a leader beside performing operations; counted by metrics. */
public enum LeaderEvent {
    /** The replicas that made the leader differed. */
    TAKEOVER_DIFFERED,
    /** A version of unknown fate was proposed again under a new one. */
    REPROPOSED,
    /** A chosen version kept its name, and replicas that lack it are brought up. */
    KEPT_FOR_LAGGARDS,
    /** A clear that a majority held kept its rank, and replicas that lack it are brought up. */
    CLEAR_KEPT_FOR_LAGGARDS,
    /** A clear of unknown fate was proposed again under a new version. */
    CLEAR_REPROPOSED,
    /** A clear took the higher rank under which another leader had begun to propose it again. */
    CLEAR_RAISED,
    /** A clear that was never chosen was performed after all. */
    CLEAR_PERFORMED_LATE,
    /** A replica that promised late held something that was never chosen. */
    LATE_AHEAD,
    /** A mutation that an earlier copy had performed was recognised. */
    TOKEN_KNOWN,
    /** A mutation was recognised that another leader had performed. */
    TOKEN_KNOWN_AFTER_FAILOVER,
    /** A repeated mutation changed nothing and was written all the same. */
    RETRIED_NO_CHANGE,
    /** A mutation changed nothing and was written all the same, since some replica was not compared yet. */
    UNKNOWN_COPY_NO_CHANGE,
    /** A record was proposed while a clear of its cache was under way. */
    CLEAR_RACED_PUT,
    /** An entry whose time was over was removed without an operation that came across it. */
    EXPIRED_UNASKED,
    /** The clocks of a majority kept slot time behind the leader's own clock. */
    SLOT_TIME_KEPT_BACK,
    /** Tombstones went, for everybody had confirmed what they say. */
    FLOOR_RAISED,
    /** Somebody held what another one had deleted and forgotten. */
    BURIED_BELOW_FLOOR,
    /** A hold was broken, by a mutation or because it lasted too long while others waited. */
    HOLD_BROKEN,
    /** An operation lost the hold that it relied on. */
    HOLD_LOST,
    /** A mutation waited behind a holder. */
    HOLD_AWAITED,
    /** A holder came back after a takeover. */
    HOLD_REREGISTERED,
    /** An operation relied on a hold that the leader before had granted. */
    EARLIER_HOLD_USED,
    /** A hold that an earlier leader had granted does not count, since its key or cache may have changed meanwhile. */
    EARLIER_HOLD_REFUSED,
    /** A holder lost its key, and a version was written so that every later leader can tell. */
    LOST_HOLD_WRITTEN,
    /** A mutation changed nothing and was written all the same, since holders of an earlier leader may come back. */
    GRACE_NO_CHANGE,
    /** A follower's copy was compared with the leader's, since they seemed to differ. */
    REPAIR_COMPARED,
    /** A record was sent to a follower that lacked it though nothing was on its way. */
    REPAIR_SENT,
    /** All voters were asked which version of a key they hold. */
    REPAIR_POLLED,
    /** Too many keys were asked for already. */
    REPAIR_POLLS_FULL,
    /** What a majority of the voters held was proposed again under a fresh version. */
    REPAIR_REVIVED,
    /** What a minority of the voters held was replaced by the leader's own state under a fresh version. */
    REPAIR_KILLED,
    /** A record was sent to a follower that a reader had seen stale. */
    READ_REPAIRED,
    /** A follower that a reader had seen stale was not behind any more. */
    READ_REPAIR_NEEDLESS,
    /** What a leader had proposed was gone from its own copy, so it leaves the decision to another takeover. */
    PROPOSED_LOST,
    /** A takeover was begun anew, since it got no further or its leader could not go on. */
    TAKEOVER_RESTARTED,
    /** A copy dropped what it held of ordered caches, since the slot may have lost what was chosen and began anew. */
    SLOT_RESET,
    /** The replica that stands first was asked to lead again, since it is back. */
    RETURN_OFFERED,
    /** A member did not keep up with the changes that it listens to: it hears of what comes of them. */
    FEED_OVERFLOWED,
    /** An answer did not wait any longer for the synchronous listeners of other nodes. */
    LISTENER_LATE
}
