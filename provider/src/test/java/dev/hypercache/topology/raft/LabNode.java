package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** One member of a lab: its log, and the control plane that follows it. */
final class LabNode implements TopologyListener {

    private static final int PAGE = 64;

    private final Lab lab;
    private final NodeId id;
    private final RingId ring;
    private final RaftTopologyLog log;
    private final Set<String> seen = new HashSet<>();
    private final List<String> levers = new ArrayList<>();
    private LabRoster roster = new LabRoster();
    private long index;
    private long told;
    private int checkpointEvery = 50;
    private int rebuilds;
    private int elections;
    private boolean up = true;

    LabNode(Lab lab, RaftTopologyOptions options) {
        this.lab = lab;
        this.id = options.self();
        this.ring = options.ring();
        TopologyPage.Checkpoint checkpoint = options.checkpoint();
        if (checkpoint != null) {
            roster = LabRoster.decode(checkpoint.state());
            index = checkpoint.index();
        }
        RaftPorts ports = new RaftPorts(
                (to, frame) -> send(to, frame),
                lab.timerOf(id),
                new Random(lab.random.nextLong()),
                new TopologyObserver() {
                    @Override
                    public void rebuilt(String reason) {
                        rebuilds++;
                    }

                    @Override
                    public void lever(Lever lever) {
                        levers.add(lever.name());
                    }

                    @Override
                    public void elected() {
                        elections++;
                    }
                });
        this.log = new RaftTopologyLog(options, ports, lab.cures);
    }

    private void send(NodeId to, Payload frame) {
        if (up) {
            lab.send(id, to, frame);
        }
    }

    void start() {
        log.start(this);
    }

    Lab lab() {
        return lab;
    }

    NodeId id() {
        return id;
    }

    RingId ring() {
        return ring;
    }

    RaftTopologyLog log() {
        return log;
    }

    long index() {
        return index;
    }

    LabRoster roster() {
        return roster;
    }

    boolean isUp() {
        return up;
    }

    int rebuilds() {
        return rebuilds;
    }

    int elections() {
        return elections;
    }

    List<String> levers() {
        return levers;
    }

    void checkpointEvery(int changes) {
        checkpointEvery = changes;
    }

    boolean has(String change) {
        return seen.contains(change);
    }

    boolean isLeader() {
        return log.parts().host().isLeader();
    }

    int term() {
        Engine engine = log.parts().host().active();
        return engine == null ? 0 : engine.term();
    }

    /** Who votes, as far as this member's engine knows. */
    List<NodeId> voters() {
        return log.parts().host().voters();
    }

    /** The process dies with all that it knew. */
    void crash() {
        up = false;
        log.close();
    }

    @Override
    public void onAdvanced(long lastIndex) {
        if (lastIndex <= told) {
            lab.ledger.violated(id + " was told of " + lastIndex + " after " + told);
        }
        told = lastIndex;
        long before = -1;
        while (index < lastIndex && index > before) {
            before = index;
            take(log.read(index + 1, PAGE));
        }
        if (index < lastIndex) {
            lab.ledger.violated(id + " was told of " + lastIndex + " and reads " + index);
        }
    }

    private void take(TopologyPage page) {
        TopologyPage.Checkpoint checkpoint = page.checkpoint();
        if (checkpoint != null && checkpoint.index() > index) {
            index = checkpoint.index();
            roster = LabRoster.decode(checkpoint.state());
            lab.ledger.knows(this, index, roster.hash());
        }
        for (TopologyChange change : page.changes()) {
            if (change.index() != index + 1) {
                lab.ledger.violated(id + " reads " + change.index() + " behind " + index);
            }
            index = change.index();
            roster.apply(change.change());
            String text = LabRoster.text(change.change());
            seen.add(text);
            lab.ledger.read(this, index, text);
            lab.ledger.knows(this, index, roster.hash());
            if (index % checkpointEvery == 0) {
                log.checkpoint(index, roster.encode());
            }
        }
        log.electorate(index, roster.members());
    }

    /** Proposes a change behind what is known here; what the log says of it goes into the ledger. */
    void propose(String change, long timeoutMillis) {
        var unused = log.append(index, Lab.payload(change), timeoutMillis).whenComplete((outcome, failure) -> {
            if (outcome instanceof AppendOutcome.Appended appended) {
                lab.ledger.acknowledged(appended.index(), change);
            } else if (outcome != null || !maybeAppended(failure)) {
                lab.ledger.denied(change);
            }
        });
    }

    private static boolean maybeAppended(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return ((TopologyUnavailableException) cause).maybeAppended();
    }

    void barrier(long timeoutMillis) {
        long least = lab.ledger.lastAcknowledged();
        var unused = log.barrier(timeoutMillis).whenComplete((answer, failure) -> {
            if (failure == null) {
                lab.ledger.barrier(this, least, answer);
            }
        });
    }

    @Override
    public String toString() {
        return id + (up ? "" : " (dead)") + " at " + index + ", term " + term() + ", "
                + log.parts().host().voters() + (isLeader() ? ", leads" : "") + ", " + rebuilds + " rebuilds, "
                + levers;
    }
}
