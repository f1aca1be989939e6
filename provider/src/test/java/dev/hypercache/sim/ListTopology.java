package dev.hypercache.sim;

import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of changes as a linearizable object that holds bytes. */
final class ListTopology extends SimTopology {

    private final EventQueue queue;
    private final Chance chance;
    private final List<TopologyChange> changes = new ArrayList<>();
    private final List<SimTopologyLog> members = new ArrayList<>();
    private TopologyPage.@Nullable Checkpoint checkpoint;
    private boolean stalled;

    ListTopology(EventQueue queue, Chance chance, ControlChecks checks) {
        super(checks);
        this.queue = queue;
        this.chance = chance;
    }

    @Override
    MemberLog open(NodeProfile profile) {
        return new SimTopologyLog(this, queue, chance.split());
    }

    @Override
    void found(NodeControl founder, ControlCommand founding) {
        do {
            founder.propose(founding);
        } while (last() == 0);
    }

    void join(SimTopologyLog member) {
        members.add(member);
    }

    void leave(SimTopologyLog member) {
        members.remove(member);
    }

    boolean isStalled() {
        return stalled || isOver();
    }

    @Override
    void begin(ReformDecision decision) {
        super.begin(decision);
        changes.clear();
        changes.addAll(decision.beginning().changes());
        checkpoint = decision.beginning().checkpoint();
    }

    @Override
    public String toString() {
        return changes.size() + " changes behind " + forgotten();
    }

    @Override
    void stall(boolean newStalled) {
        stalled = newStalled;
    }

    AppendOutcome append(long expectedIndex, Payload change) {
        if (isOver()) {
            throw new IllegalStateException("this generation is over");
        }
        if (expectedIndex != last()) {
            return new AppendOutcome.Conflict(last());
        }
        TopologyChange appended = new TopologyChange(last() + 1, Payload.of(change.toBytes()));
        changes.add(appended);
        agreed(appended);
        List.copyOf(members).forEach(SimTopologyLog::announce);
        return new AppendOutcome.Appended(last());
    }

    TopologyPage read(long fromIndex, long toIndex, int changesMax) {
        long forgotten = forgotten();
        TopologyPage.Checkpoint needed = fromIndex <= forgotten ? checkpoint : null;
        List<TopologyChange> page = new ArrayList<>();
        for (TopologyChange change : changes) {
            if (change.index() >= fromIndex && change.index() <= toIndex && page.size() < changesMax) {
                page.add(change);
            }
        }
        return new TopologyPage(needed, page);
    }

    /** The last change that nobody can read any more by itself. */
    long forgotten() {
        return checkpoint == null ? 0 : checkpoint.index();
    }

    void forget(long index, Payload state) {
        if (index > forgotten()) {
            changes.removeIf(change -> change.index() <= index);
            checkpoint = new TopologyPage.Checkpoint(index, Payload.of(state.toBytes()));
        }
    }
}
