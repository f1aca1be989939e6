package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.reform.LogVoters;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of the ring.
 *
 * @param node the member
 * @param topology its part of the log
 */
record MemberSeat(MemberNode node, RaftTopology topology) implements ReformSeat {

    @Override
    public RingId ring() {
        return node.agreed().founded().ring();
    }

    @Override
    public ControlState state() {
        return node.agreed();
    }

    @Override
    public List<UUID> voters() {
        return LogVoters.boots(node.agreed(), topology.electors());
    }

    @Override
    public @Nullable UUID leader() {
        NodeId leader = topology.leader();
        return leader == null || leader.equals(node.id()) ? null : LogVoters.boot(node.agreed(), leader);
    }

    /** What was being read when the log stopped is read to its end first. */
    @Override
    public ControlState freeze() {
        topology.freeze();
        return node.agreed();
    }

    /** Who knows more than the next generation begins with has no place in it. */
    @Override
    public void begin(ReformDecision decision) {
        if (node.agreed().index() > decision.index() || !topology.begin(decision)) {
            node.expel();
        }
    }
}
