package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.TopologyPage;
import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.VoteRequest;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this member's engine alive: begins it when the member votes or is asked to, stands between it and the network, and
 * builds it anew from what it retained where that is the cure (docs/adr/0019-topology-log-on-microraft.md).
 *
 * <p>A founding voter begins at once. Everybody else begins at the first request of a voter: who is to vote learns so from the
 * leader, or from a candidate that counts on its vote. Who was voted out ends for good. Confined to the log's thread.
 */
final class EngineHost {

    /** Whom the host tells of its engine. */
    interface Listener {

        /** The engine did something: leader, voters or the log may be others now. */
        void engineRan();

        /** The engine was thrown away: what it was asked will not be answered. */
        void engineLost();
    }

    private final RaftTopologyOptions options;
    private final RaftPorts ports;
    private final Cures cures;
    private final EngineTime time;
    private final TopologyView view;
    private final BiConsumer<NodeId, RaftMessage> network;
    private final Listener listener;
    private final RetainedStore store = new RetainedStore();
    private final BoundaryGuard guard = new BoundaryGuard(store);
    private final SnapshotWatch snapshots = new SnapshotWatch();
    private final TermLever lever;
    private final ElectionPace pace = new ElectionPace();
    private @Nullable Engine engine;
    private boolean closed;
    private boolean contradicted;

    EngineHost(
            RaftTopologyOptions options,
            RaftPorts ports,
            Cures cures,
            TopologyView view,
            BiConsumer<NodeId, RaftMessage> network,
            Listener listener) {
        this.options = options;
        this.ports = ports;
        this.cures = cures;
        this.time = new EngineTime(ports.timer(), ports.random());
        this.view = view;
        this.network = network;
        this.listener = listener;
        this.lever = new TermLever(options.ring());
    }

    void begin() {
        if (options.isFoundingVoter()) {
            build();
        }
        lookAgain();
    }

    private void build() {
        TopologyStateMachine machine = new TopologyStateMachine(options.begin(), view);
        Engine built = new Engine(
                options, time, ports.random(), store, machine, new Engine.Outlets(this::send, this::engineRan));
        snapshots.reset();
        lever.built(time.millis());
        engine = built;
        built.start();
    }

    private void engineRan() {
        Engine current = engine;
        if (current != null) {
            time.stretch(pace.look(
                    current.term(), current.leader() != null, ports.timer().nowMillis()));
        }
        listener.engineRan();
    }

    private void rebuild(String reason) {
        Engine old = engine;
        if (old != null) {
            old.fence();
        }
        ports.observer().rebuilt(reason);
        listener.engineLost();
        build();
    }

    private void send(RaftEndpoint target, RaftMessage message) {
        lever.sent(message, time.millis());
        RaftMessage told = message instanceof AppendEntriesFailureResponse refusal
                ? new ShortLog(refusal, store.lastIndex())
                : message;
        network.accept(EngineEndpoint.nodeOf(target), told);
    }

    void receive(RaftMessage message) {
        if (engine == null && isRequest(message) && !closed) {
            build();
        }
        Engine current = engine;
        if (current == null || current.isOver() || contradicted) {
            return;
        }
        lever.heard(message, current.term(), time.millis());
        if (message instanceof AppendEntriesRequest request
                && request.getTerm() >= current.term()
                && cures.boundary()) {
            append(current, request);
        } else if (message instanceof InstallSnapshotRequest request
                && request.getTerm() >= current.term()
                && snapshots.isMixed(request)) {
            rebuild("parts of two snapshots");
        } else if (message instanceof ShortLog refusal && cures.walkBack() && refusal.getTerm() <= current.term()) {
            WalkBack.steps(refusal, store).forEach(current::handle);
        } else if (!closeGap(current, message)) {
            current.handle(message);
        }
    }

    private static boolean isRequest(RaftMessage message) {
        return message instanceof AppendEntriesRequest
                || message instanceof InstallSnapshotRequest
                || message instanceof PreVoteRequest
                || message instanceof VoteRequest;
    }

    private void append(Engine current, AppendEntriesRequest request) {
        AppendEntriesRequest understood;
        try {
            understood = guard.look(request, current::commitIndex).request();
        } catch (IllegalStateException e) {
            contradicted = true;
            current.fence();
            listener.engineLost();
            throw e;
        }
        if (understood == null) {
            rebuild("entries behind a snapshot that the leader does not have");
        } else {
            current.handle(understood);
        }
    }

    private boolean closeGap(Engine current, RaftMessage message) {
        RaftMessage higher = cures.termGap() ? lever.answer(message, current, store.hasEntries()) : null;
        if (higher == null) {
            return false;
        }
        ports.observer().lever(TopologyObserver.Lever.TERM_GAP);
        current.handle(higher);
        return true;
    }

    private void lookAgain() {
        time.after(TermLever.LOOK_MILLIS * 1_000, () -> {
            if (!closed) {
                lookAgain();
                look();
            }
        });
    }

    private void look() {
        Engine current = engine;
        RaftMessage higher =
                current == null || !cures.silence() ? null : lever.look(current, store.hasEntries(), time.millis());
        if (current != null && higher != null) {
            ports.observer().lever(TopologyObserver.Lever.SILENCE);
            current.handle(higher);
        }
    }

    /** The engine while it takes part; null before, after, and where agreement was lost. */
    @Nullable
    Engine active() {
        Engine current = engine;
        return current == null || closed || contradicted || current.isOver() ? null : current;
    }

    boolean isLeader() {
        Engine current = active();
        return current != null && current.isLeader();
    }

    /** Whether this member votes and has heard the leader within its time, or leads itself. */
    boolean isFollowing() {
        Engine current = active();
        return current != null
                && current.isVoter()
                && (current.isLeader() || current.leader() != null && lever.isLeaderHeard(time.millis()));
    }

    @Nullable
    NodeId leader() {
        Engine current = active();
        RaftEndpoint leader = current == null ? null : current.leader();
        return leader == null ? null : EngineEndpoint.nodeOf(leader);
    }

    /** Who votes as far as the engine knows; empty without one. */
    List<NodeId> voters() {
        Engine current = active();
        return current == null
                ? List.of()
                : EngineEndpoint.nodes(current.node().getCommittedMembers().getVotingMembers());
    }

    /** Who votes once the change of voters that may be under way is done: the engine counts on them already. Empty without one. */
    List<NodeId> electors() {
        Engine current = active();
        return current == null
                ? List.of()
                : EngineEndpoint.nodes(current.node().getEffectiveMembers().getVotingMembers());
    }

    boolean isVoter() {
        Engine current = active();
        return current != null && current.isVoter();
    }

    void forget(TopologyPage.Checkpoint summedUp) {
        Engine current = engine;
        if (current != null) {
            current.machine().forget(summedUp);
        }
    }

    /** Ends without a word to the others: to them it is a crash. */
    void close() {
        closed = true;
        Engine current = engine;
        if (current != null) {
            current.fence();
        }
    }
}
