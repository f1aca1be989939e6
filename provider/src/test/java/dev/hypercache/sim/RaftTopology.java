package dev.hypercache.sim;

import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.ChangeSlots;
import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.topology.raft.RaftTopologyOptions;
import dev.hypercache.topology.raft.TopologyStanding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of changes as production has it: the engine among the members, over the same network as everything else.
 *
 * <p>Whatever any member reads first is the truth from then on: who reads something else under that index has forked. A change
 * that was acknowledged must be there, and no barrier may lie before one that was acknowledged earlier.
 */
final class RaftTopology extends SimTopology {

    private final SimRing ring;
    private final Chance chance;
    private final Map<NodeId, RaftMemberLog> logs = new LinkedHashMap<>();
    private final Map<Long, Payload> changes = new HashMap<>();
    private final Map<Long, Payload> acknowledged = new HashMap<>();
    /** Those that may be in the log later and make voters of nodes. */
    private final Map<MemberSet, Long> incoming = new LinkedHashMap<>();

    private final Set<NodeId> gone = new HashSet<>();
    private final List<NodeId> founders = new ArrayList<>();
    private long lastAcknowledged;
    private boolean stalled;

    RaftTopology(SimRing ring, ControlChecks checks, Chance chance) {
        super(checks);
        this.ring = ring;
        this.chance = chance;
    }

    @Override
    MemberLog open(NodeProfile profile) {
        return new RaftMemberLog(this, profile, chance.split());
    }

    @Override
    void found(NodeControl founder, ControlCommand founding) {
        agreedFirst(new TopologyChange(1, new ControlChange(chance.uuid(), founding).encode()));
        state().roster().members().forEach(member -> founders.add(member.id()));
    }

    private void agreedFirst(TopologyChange change) {
        changes.put(change.index(), change.change());
        agreed(change);
    }

    SimRing ring() {
        return ring;
    }

    RingId ringId() {
        return state().founded().ring();
    }

    /** The options of a founder; null if the life did not found the ring. */
    @Nullable
    RaftTopologyOptions founderOptions(NodeProfile profile) {
        Member member = state().roster().member(profile.name());
        boolean isFounder =
                last() == 1 && member != null && member.profile().boot().equals(profile.boot());
        return isFounder ? RaftTopologyOptions.founder(member.id(), ringId(), founders, changes.get(1L)) : null;
    }

    List<NodeId> foundingVoters() {
        return RaftTopologyOptions.votersAmong(founders);
    }

    /** A member's log runs from now on. */
    void join(NodeId member, RaftMemberLog log) {
        logs.put(member, log);
    }

    void leave(NodeId member) {
        logs.remove(member);
    }

    /** Some member that runs, for a node that is none yet; null if there is none. */
    @Nullable
    RaftMemberLog anybody(Chance dice) {
        List<RaftMemberLog> running = logs.values().stream()
                .filter(log -> !ring.node(log.shortId()).isPaused())
                .toList();
        return running.isEmpty() ? null : dice.oneOf(running);
    }

    /** A frame leaves a member. */
    void send(RaftMemberLog from, NodeId to, Payload frame) {
        ring.invariants().note(frame.buffer().hashCode());
        RaftMemberLog receiver = logs.get(to);
        if (receiver != null && !stalled) {
            ring.network().carry(from.shortId(), receiver.shortId(), () -> {
                if (!stalled) {
                    receiver.deliver(from.self(), frame);
                }
            });
        }
    }

    /** A member has read this. */
    void read(String reader, TopologyChange change) {
        if (change.index() == last() + 1) {
            agreedFirst(change);
        } else if (change.index() > last()) {
            ring.invariants().violated("topology: " + reader + " read " + change.index() + " behind " + last());
        }
        if (!change.change().equals(changes.get(change.index()))) {
            ring.invariants().violated("topology: " + reader + " reads something else at " + change.index());
        }
        Payload promised = acknowledged.get(change.index());
        if (promised != null && !promised.equals(change.change())) {
            ring.invariants().violated("topology: what was acknowledged at " + change.index() + " is lost");
        }
    }

    void acknowledged(long index, Payload change) {
        acknowledged.put(index, change);
        lastAcknowledged = Math.max(lastAcknowledged, index);
        Payload there = changes.get(index);
        if (there != null && !there.equals(change)) {
            ring.invariants().violated("topology: something else was acknowledged at " + index + " than is there");
        }
    }

    long lastAcknowledged() {
        return lastAcknowledged;
    }

    void barrier(String asker, long least, long answer) {
        if (answer < least) {
            ring.invariants().violated("topology: " + asker + " got the stale barrier " + answer + ", not " + least);
        }
    }

    @Override
    void stall(boolean newStalled) {
        stalled = newStalled;
    }

    @Override
    boolean survives(NodeId lost) {
        boolean isLed = false;
        for (RaftMemberLog log : logs.values()) {
            TopologyStanding standing = log.standing();
            if (standing != null && log.self().equals(standing.leader())) {
                isLed = true;
                if (!hasMajority(standing.voters(), lost)) {
                    return false;
                }
            }
        }
        return isLed;
    }

    /** A change is on its way, to be the next one behind an index. */
    void proposed(long expectedIndex, Payload change) {
        if (ControlChange.decode(change).command() instanceof ChangeSlots slots) {
            for (SlotStep step : slots.steps()) {
                if (step instanceof BeginSwitch begin) {
                    incoming.merge(begin.incoming(), expectedIndex, Math::max);
                }
            }
        }
    }

    @Override
    boolean isLeaving(NodeId member) {
        return gone.contains(member);
    }

    @Override
    boolean mayLose(int node) {
        incoming.values().removeIf(expectedIndex -> expectedIndex < last());
        return incoming.keySet().stream().allMatch(voters -> ring.lives(voters, node));
    }

    private boolean hasMajority(List<NodeId> voters, NodeId lost) {
        long living = voters.stream()
                .filter(voter -> logs.containsKey(voter) && !gone.contains(voter) && !voter.equals(lost))
                .count();
        return living * 2 > voters.size();
    }

    @Override
    public String toString() {
        return "logs " + logs.values() + ", gone " + gone;
    }

    @Override
    boolean letsGo(NodeId member) {
        boolean mayGo = gone.contains(member) || survives(member);
        if (mayGo) {
            gone.add(member);
        }
        return mayGo;
    }
}
