package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import java.util.Objects;

/**
 * A node in one of its lives, as the ring admitted it.
 *
 * @param shortId what ballots and slots call it; 1 or more, never given out again while a slot mentions it
 * @param incarnation which life of that name, as the log counted it
 * @param profile what it said of itself
 * @param draining whether it is leaving: it keeps serving what it holds and is given nothing more
 */
public record Member(int shortId, Incarnation incarnation, NodeProfile profile, boolean draining) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the short id is out of its range or the incarnation was not counted
     */
    public Member {
        Objects.requireNonNull(profile, "profile");
        ControlLimits.checkRange("short id of " + profile.name(), shortId, 1, MemberSet.SHORT_ID_MAX);
        if (!incarnation.isAdmitted()) {
            throw new IllegalArgumentException("member " + profile.name() + " has no incarnation: the log counts it.");
        }
    }

    /** Who it is. */
    public NodeId id() {
        return new NodeId(profile.name(), incarnation);
    }

    /** Who it is and where to reach it. */
    public Peer peer() {
        return new Peer(id(), profile.address());
    }

    Member asDraining() {
        return new Member(shortId, incarnation, profile, true);
    }
}
