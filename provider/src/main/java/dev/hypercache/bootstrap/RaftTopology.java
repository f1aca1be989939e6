package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.reform.ReformDecision;
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
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The topology log of a ring of processes: MicroRaft, whose frames travel over the members' links. A ring whose log lost its majority
 * goes on with another one, in its next generation.
 */
final class RaftTopology implements TopologyEngine, AutoCloseable {

    private final NodeProfile self;
    private final TopologyMetrics metrics;
    private final GenerationLog log;
    private volatile RaftTopologyOptions options;
    private volatile BiConsumer<NodeId, Payload> sender = (to, frame) -> {};
    private EngineThread thread;

    private RaftTopology(NodeProfile self, RaftTopologyOptions options, NodeMetrics metrics) {
        this.self = self;
        this.options = options;
        this.metrics = TopologyMetrics.of(metrics.node());
        this.thread = EngineThread.create(self.name());
        this.log = new GenerationLog(logOf(options, thread));
    }

    private RaftTopologyLog logOf(RaftTopologyOptions of, EngineThread by) {
        return new RaftTopologyLog(
                of,
                new RaftPorts(
                        (to, frame) -> sender.accept(to, frame),
                        by,
                        new Random(ThreadLocalRandom.current().nextLong()),
                        metrics));
    }

    /** The log of a node that came into a ring one way or the other. */
    static RaftTopology of(RingEntry entry, NodeProfile self, NodeMetrics metrics) {
        return new RaftTopology(self, optionsOf(entry, self), metrics);
    }

    private static RaftTopologyOptions optionsOf(RingEntry entry, NodeProfile self) {
        if (entry instanceof RingEntry.Joined joined) {
            return joiner(joined.admitted());
        }
        if (entry instanceof RingEntry.Reformed reformed) {
            return Objects.requireNonNull(reformer(reformed.decision(), self), "only members come in so");
        }
        return founder(self, entry.founding());
    }

    private static RaftTopologyOptions founder(NodeProfile self, Payload founding) {
        FoundRing ring = (FoundRing) ControlChange.decode(founding).command();
        List<NodeId> members = new ArrayList<>();
        for (NodeProfile founder : ring.founders()) {
            members.add(new NodeId(founder.name(), new Incarnation(members.size() + 1)));
        }
        NodeId own = members.get(ring.founders().indexOf(self));
        return RaftTopologyOptions.founder(own, ring.ring().ring(), members, founding);
    }

    /** @throws RingRefusedException if what the ring told cannot be read */
    private static RaftTopologyOptions joiner(JoinAnswer.Admitted admitted) {
        return RaftTopologyOptions.joiner(
                admitted.node(),
                admitted.ring(),
                VoterText.parse(admitted.foundingVoters()),
                VoterText.parse(admitted.voters()),
                new TopologyPage.Checkpoint(admitted.index(), admitted.snapshot()));
    }

    /** Null if the generation begins without this life. */
    private static @Nullable RaftTopologyOptions reformer(ReformDecision decision, NodeProfile self) {
        TopologyPage beginning = decision.beginning();
        ControlMachine machine = new ControlMachine();
        machine.feed(beginning);
        ControlState state = machine.state();
        Member own = state.roster().member(self.name());
        TopologyPage.Checkpoint base = beginning.checkpoint();
        if (own == null || base == null || !own.profile().boot().equals(self.boot())) {
            return null;
        }
        List<NodeId> members = state.roster().members().stream().map(Member::id).toList();
        Payload first = beginning.changes().get(0).change();
        return RaftTopologyOptions.reformer(own.id(), state.founded().ring(), members, base, first);
    }

    /** Whether a generation that begins so counts a life among its members. */
    static boolean includes(ReformDecision decision, NodeProfile life) {
        return reformer(decision, life) != null;
    }

    TopologyLog log() {
        return log;
    }

    /** Who voted when the present generation of the log began: what each member must know of it for ever. */
    List<NodeId> foundingVoters() {
        return options.foundingVoters();
    }

    /** Takes part in the present generation no longer. */
    void freeze() {
        log.freeze();
    }

    /** Goes on in the next generation; false if that one begins without this node. */
    synchronized boolean begin(ReformDecision decision) {
        RaftTopologyOptions next = reformer(decision, self);
        if (next == null) {
            return false;
        }
        EngineThread former = thread;
        thread = EngineThread.create(self.name());
        options = next;
        log.goOn(logOf(next, thread));
        former.close();
        return true;
    }

    @Override
    public void sendBy(BiConsumer<NodeId, Payload> newSender) {
        sender = newSender;
    }

    @Override
    public void receive(NodeId from, ByteBuffer frame) {
        log.present().receive(from, frame);
    }

    @Override
    public void peerLost(NodeId peer) {
        log.present().peerLost(peer);
    }

    @Override
    public void electorate(long index, List<NodeId> members) {
        log.present().electorate(index, members);
    }

    @Override
    public boolean hasVotersOf(List<NodeId> members) {
        List<NodeId> voters = voters();
        return members.containsAll(voters)
                && voters.size() >= RaftTopologyOptions.votersAmong(members).size();
    }

    @Override
    public List<NodeId> voters() {
        return log.present().standing().voters();
    }

    @Override
    public List<NodeId> electors() {
        return log.present().standing().electors();
    }

    /** Who leads, as far as known here. */
    @Nullable
    NodeId leader() {
        return log.present().standing().leader();
    }

    /** Ends the thread of a log that was closed. */
    @Override
    public synchronized void close() {
        log.close();
        thread.close();
    }
}
