package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.runtime.ring.TopologyEngine;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.topology.raft.EngineThread;
import dev.hypercache.topology.raft.RaftPorts;
import dev.hypercache.topology.raft.RaftTopologyLog;
import dev.hypercache.topology.raft.RaftTopologyOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/** The topology log of a ring of processes: MicroRaft, whose frames travel over the members' links. */
final class RaftTopology implements TopologyEngine, AutoCloseable {

    private final RaftTopologyOptions options;
    private final EngineThread thread;
    private final RaftTopologyLog log;
    private volatile BiConsumer<NodeId, Payload> sender = (to, frame) -> {};

    private RaftTopology(RaftTopologyOptions options, NodeMetrics metrics) {
        this.options = options;
        this.thread = EngineThread.create(options.self().name());
        this.log = new RaftTopologyLog(
                options,
                new RaftPorts(
                        (to, frame) -> sender.accept(to, frame),
                        thread,
                        new Random(ThreadLocalRandom.current().nextLong()),
                        TopologyMetrics.of(metrics.node())));
    }

    /**
     * The log of a node that founds a ring with others.
     *
     * @param self one of the founders
     * @param founding the change that founds it
     */
    static RaftTopology founder(NodeProfile self, Payload founding, NodeMetrics metrics) {
        FoundRing ring = (FoundRing) ControlChange.decode(founding).command();
        List<NodeId> members = new ArrayList<>();
        for (NodeProfile founder : ring.founders()) {
            members.add(new NodeId(founder.name(), new Incarnation(members.size() + 1)));
        }
        NodeId own = members.get(ring.founders().indexOf(self));
        return new RaftTopology(RaftTopologyOptions.founder(own, ring.ring().ring(), members, founding), metrics);
    }

    /**
     * The log of a node that a ring has admitted.
     *
     * @throws RingRefusedException if what the ring told cannot be read
     */
    static RaftTopology joiner(JoinAnswer.Admitted admitted, NodeMetrics metrics) {
        return new RaftTopology(
                RaftTopologyOptions.joiner(
                        admitted.node(),
                        admitted.ring(),
                        VoterText.parse(admitted.foundingVoters()),
                        VoterText.parse(admitted.voters()),
                        new TopologyPage.Checkpoint(admitted.index(), admitted.snapshot())),
                metrics);
    }

    /** The log of a node that came into a ring one way or the other. */
    static RaftTopology of(RingEntry entry, NodeProfile self, NodeMetrics metrics) {
        return entry instanceof RingEntry.Joined joined
                ? joiner(joined.admitted(), metrics)
                : founder(self, entry.founding(), metrics);
    }

    TopologyLog log() {
        return log;
    }

    /** Who voted when the log began: what each member must know of it for ever. */
    List<NodeId> foundingVoters() {
        return options.foundingVoters();
    }

    @Override
    public void sendBy(BiConsumer<NodeId, Payload> newSender) {
        sender = newSender;
    }

    @Override
    public void receive(NodeId from, ByteBuffer frame) {
        log.receive(from, frame);
    }

    @Override
    public void peerLost(NodeId peer) {
        log.peerLost(peer);
    }

    @Override
    public void electorate(long index, List<NodeId> members) {
        log.electorate(index, members);
    }

    @Override
    public boolean hasVotersOf(List<NodeId> members) {
        List<NodeId> voters = log.standing().voters();
        return members.containsAll(voters)
                && voters.size() >= RaftTopologyOptions.votersAmong(members).size();
    }

    @Override
    public boolean isVoter(NodeId node) {
        return log.standing().voters().contains(node);
    }

    /** Ends the thread of a log that was closed. */
    @Override
    public void close() {
        log.close();
        thread.close();
    }
}
