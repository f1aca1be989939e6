package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.topology.raft.TopologyMessage.Answer;
import dev.hypercache.topology.raft.TopologyMessage.Call;
import dev.hypercache.topology.raft.TopologyMessage.CheckpointPart;
import dev.hypercache.topology.raft.TopologyMessage.OfEngine;
import dev.hypercache.topology.raft.TopologyMessage.Page;
import dev.hypercache.topology.raft.TopologyMessage.Pull;
import io.microraft.model.message.RaftMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of one member's log, and the way of a message to the one that it is for. Confined to the log's thread. */
final class MemberParts implements EngineHost.Listener {

    private final RaftPorts ports;
    private final NodeId self;
    private final RaftWire wire;
    private final TopologyView view;
    private final Runnable grown;
    private final EngineHost host;
    private final LeaderSigns signs;
    private final LeaderDesk desk;
    private final LeaderCalls calls;
    private final PageDesk pages;
    private final PagePuller puller;
    private final VoterKeeper voters;
    private @Nullable NodeId leader;
    private boolean isVoter;
    private boolean lookingSoon;
    private volatile TopologyStanding standing;
    private boolean closed;

    MemberParts(RaftTopologyOptions options, RaftPorts ports, Cures cures, TopologyView view, Runnable grown) {
        this.ports = ports;
        this.self = options.self();
        this.wire = new RaftWire(options.ring());
        this.view = view;
        this.grown = grown;
        this.host = new EngineHost(options, ports, cures, view, this::sendOfEngine, this);
        this.signs = new LeaderSigns(options, host);
        this.desk = new LeaderDesk(host, ports);
        this.calls = new LeaderCalls(self, ports, desk, signs, this::send);
        this.pages = new PageDesk(view, signs, ports.timer());
        this.puller = new PagePuller(host, ports, view, signs, this::send, grown);
        this.voters = new VoterKeeper(self, host, ports, view, pages);
        this.standing = new TopologyStanding(null, options.foundingVoters(), options.foundingVoters(), false);
    }

    EngineHost host() {
        return host;
    }

    LeaderSigns signs() {
        return signs;
    }

    LeaderCalls calls() {
        return calls;
    }

    void start() {
        host.begin();
        puller.look();
        voters.look();
    }

    private void send(NodeId to, TopologyMessage message) {
        if (!closed) {
            ports.sender().send(to, wire.encode(message));
        }
    }

    private void sendOfEngine(NodeId to, RaftMessage message) {
        send(to, new OfEngine(MessageSize.bounded(message)));
    }

    void receive(NodeId from, ByteBuffer frame) {
        TopologyMessage message;
        try {
            message = wire.decode(from, frame);
        } catch (MalformedFrameException e) {
            ports.observer().refused();
            return;
        }
        if (message instanceof OfEngine m) {
            host.receive(m.message());
        } else if (message instanceof Call m) {
            desk.perform(m.propose(), answer -> send(from, new Answer(m.number(), answer, signs.leader())));
        } else if (message instanceof Answer m) {
            calls.onAnswer(from, m);
        } else if (message instanceof Pull m) {
            send(from, pages.answer(from, m));
        } else if (message instanceof Page m) {
            puller.onPage(from, m);
            stand();
        } else if (message instanceof CheckpointPart m) {
            puller.onPart(from, m);
        }
    }

    void membersAre(long index, List<NodeId> members) {
        signs.membersAre(members);
        voters.membersAre(index, members);
    }

    /** Callable by any thread. */
    void pokeSoon(long index) {
        if (index > view.lastIndex()) {
            ports.timer().execute(() -> {
                if (!closed) {
                    puller.poke(index);
                }
            });
        }
    }

    PagePuller puller() {
        return puller;
    }

    TopologyStanding standing() {
        return standing;
    }

    private void stand() {
        TopologyStanding now = new TopologyStanding(signs.leader(), signs.voters(), signs.electors(), signs.votes());
        if (!now.equals(standing)) {
            standing = now;
        }
    }

    /** Looks at what the engine did once it is done with it: what comes of that may be more work for the engine. */
    @Override
    public void engineRan() {
        if (!lookingSoon) {
            lookingSoon = true;
            ports.timer().execute(this::look);
        }
    }

    private void look() {
        lookingSoon = false;
        if (closed) {
            return;
        }
        signs.look();
        stand();
        NodeId now = host.leader();
        if (!Objects.equals(now, leader)) {
            leader = now;
            ports.observer().leaderKnown(now);
            if (now != null) {
                calls.leaderIs(now);
            }
            if (self.equals(now)) {
                ports.observer().elected();
            }
        }
        if (isVoter != signs.votes()) {
            isVoter = !isVoter;
            ports.observer().voting(isVoter);
        }
        grown.run();
    }

    @Override
    public void engineLost() {
        desk.abandon();
    }

    void close() {
        closed = true;
        host.close();
        puller.close();
        voters.close();
        desk.abandon();
        calls.close();
    }
}
