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
        if (host.isVoter()) {
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

    void votersAre(List<NodeId> newVoters) {
        if (!newVoters.isEmpty()) {
            voters = newVoters;
        }
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
        return known.isEmpty() ? voters : known;
    }

    /** Who leads, as far as known here. */
    @Nullable
    NodeId leader() {
        NodeId leader = host.leader();
        return leader != null || host.isVoter() ? leader : hint;
    }
}
