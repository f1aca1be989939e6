package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask: the leader that this member's engine knows, else the one that others named last, else one after the other of
 * those that may know. Confined to the log's thread.
 *
 * <p>Bound: the contacts, the members and the voters named last.
 */
final class LeaderSigns {

    private final NodeId self;
    private final EngineHost host;
    private final Set<NodeId> contacts;
    private List<NodeId> voters;
    private List<NodeId> members = List.of();
    private @Nullable NodeId hint;
    /** The leader said so, and has not been heard by the engine since. */
    private boolean outvoted;
    /** Calls and pulls take turns by themselves: in step with the other, one of them would come upon the dead alone. */
    private int callTurn;

    private int pullTurn;

    LeaderSigns(RaftTopologyOptions options, EngineHost host) {
        this.self = options.self();
        this.host = host;
        this.contacts = new LinkedHashSet<>(options.contacts());
        this.voters = options.foundingVoters();
    }

    /** Null while this member votes and waits for an election, or knows nobody. */
    @Nullable
    NodeId whomToAsk() {
        NodeId leader = host.leader();
        if (leader != null) {
            return leader;
        }
        if (hint != null) {
            return hint;
        }
        if (votes()) {
            return null;
        }
        callTurn = next(callTurn);
        return anybody(callTurn);
    }

    private static int next(int turn) {
        return turn == Integer.MAX_VALUE ? 0 : turn + 1;
    }

    /** Somebody who may know more, another one each turn. */
    private @Nullable NodeId anybody(int turn) {
        Set<NodeId> known = new LinkedHashSet<>(voters);
        known.addAll(contacts);
        known.addAll(members);
        known.remove(self);
        List<NodeId> turns = new ArrayList<>(known);
        return turns.isEmpty() ? null : turns.get(turn % turns.size());
    }

    /** Whom to pull from: the leader knows most. */
    @Nullable
    NodeId whomToPull() {
        NodeId leader = host.leader();
        NodeId best = leader != null && !leader.equals(self) ? leader : hint;
        if (best != null) {
            return best;
        }
        pullTurn = next(pullTurn);
        return anybody(pullTurn);
    }

    /** A node said who leads; one that says nobody does not lead itself. */
    void heard(NodeId from, @Nullable NodeId leader) {
        if (leader != null && !leader.equals(self)) {
            hint = leader;
        } else if (from.equals(hint)) {
            hint = null;
        }
    }

    /**
     * A node said who votes. The engine of a voter that was voted out may never hear of it: who leads sends it nothing any more.
     */
    void votersAre(NodeId from, @Nullable NodeId leader, List<NodeId> newVoters) {
        if (!newVoters.isEmpty()) {
            voters = newVoters;
            outvoted = !host.isFollowing() && from.equals(leader) && !newVoters.contains(self);
        }
    }

    /** The engine did something. */
    void look() {
        outvoted &= !host.isFollowing();
    }

    /** Whether this member votes: its engine says so, and no leader has said otherwise since. */
    boolean votes() {
        return host.isVoter() && !outvoted;
    }

    void membersAre(List<NodeId> newMembers) {
        members = newMembers;
        if (hint != null && !newMembers.contains(hint)) {
            hint = null;
        }
    }

    /** Who was asked did not answer. */
    void unanswered() {
        hint = null;
    }

    List<NodeId> voters() {
        List<NodeId> known = host.voters();
        return known.isEmpty() || outvoted ? voters : known;
    }

    /** Those on whose votes the log counts from now on. */
    List<NodeId> electors() {
        List<NodeId> known = host.electors();
        return known.isEmpty() || outvoted ? voters : known;
    }

    /** Who leads, as far as known here. */
    @Nullable
    NodeId leader() {
        NodeId leader = host.leader();
        return leader != null || votes() ? leader : hint;
    }
}
