package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * While this member leads, brings the voters to what {@link Electorate} says, step by step.
 *
 * <p>Acts only on a roster that is no older than what is committed here: a leader that had not read of an admission yet would
 * take the new voter for a dead one. One change at a time; the engine refuses another, and what it refuses is tried again.
 * Confined to the log's thread.
 */
final class VoterKeeper {

    private static final long LOOK_MILLIS = 250;

    private final NodeId self;
    private final EngineHost host;
    private final RaftPorts ports;
    private final TopologyView view;
    private final PageDesk pages;
    private List<NodeId> members = List.of();
    private long membersIndex = -1;
    private @Nullable RaftNode changing;
    private boolean closed;

    VoterKeeper(NodeId self, EngineHost host, RaftPorts ports, TopologyView view, PageDesk pages) {
        this.self = self;
        this.host = host;
        this.ports = ports;
        this.view = view;
        this.pages = pages;
    }

    void membersAre(long index, List<NodeId> newMembers) {
        if (index >= membersIndex) {
            membersIndex = index;
            members = newMembers;
            step();
        }
    }

    /** Looks once and from then on. */
    void look() {
        if (!closed) {
            ports.timer().schedule(this::look, LOOK_MILLIS * 1_000);
            step();
        }
    }

    private void step() {
        Engine engine = host.active();
        if (engine == null || !engine.isLeader() || changing == engine.node() || membersIndex < view.lastIndex()) {
            return;
        }
        RaftNode node = engine.node();
        Electorate.Step next = Electorate.next(self, host.voters(), members, pages::isHeardLately);
        if (next == null) {
            return;
        }
        changing = node;
        MembershipChangeMode mode =
                next.joins() ? MembershipChangeMode.ADD_OR_PROMOTE_TO_FOLLOWER : MembershipChangeMode.REMOVE_MEMBER;
        var unused = node.changeMembership(
                        new EngineEndpoint(next.node()),
                        mode,
                        node.getCommittedMembers().getLogIndex())
                .whenComplete((done, failure) -> ports.timer().execute(() -> finish(node, failure == null)));
    }

    private void finish(RaftNode node, boolean isDone) {
        if (changing == node) {
            changing = null;
            if (isDone && !closed) {
                step();
            }
        }
    }

    void close() {
        closed = true;
    }
}
