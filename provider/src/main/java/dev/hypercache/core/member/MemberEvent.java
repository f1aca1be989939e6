package dev.hypercache.core.member;

/** What happens while a node watches the others; counted by metrics. */
public enum MemberEvent {
    /** A member that was probed gave a sign of life in time, directly or by way of others. */
    PROBE_ANSWERED,
    /** A member that was probed gave none. */
    PROBE_FAILED,
    /** Others were asked to probe a silent member. */
    HELP_ASKED,
    /** This node was asked to probe a member and did not, because it was doing so for too many others. */
    HELP_REFUSED,
    /** A probe failed in a way that speaks against this node rather than against the member. */
    BLAMED_ITSELF,
    /** This node did nothing for so long that its own waiting proves nothing. */
    PAUSED,
    /** A member became suspect. */
    SUSPECTED,
    /** A member became dead. */
    DIED,
    /** A suspected member turned out to be alive. */
    CLEARED,
    /** A member that had been dead turned out to be alive. */
    REVIVED,
    /** This node was told that it is suspect or dead, and said that it is not. */
    REFUTED,
    /** A belief was dropped unsaid because too many waited to be spread. */
    GOSSIP_DROPPED,
    /** A belief about somebody who is no member was passed over. */
    GOSSIP_UNKNOWN
}
