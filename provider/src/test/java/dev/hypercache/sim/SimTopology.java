package dev.hypercache.sim;

import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one list of changes of a ring, as a linearizable object that holds bytes. It may stall: nobody reads then, and who
 * appends learns nothing.
 *
 * <p>Beside the list it knows what the list adds up to. That is the truth by which the simulator judges; nodes have their
 * own states.
 */
final class SimTopology {

    private final EventQueue queue;
    private final Chance chance;
    private final ControlChecks checks;
    private final List<TopologyChange> changes = new ArrayList<>();
    private final List<SimTopologyLog> members = new ArrayList<>();
    private ControlMachine end = new ControlMachine();
    private TopologyPage.@Nullable Checkpoint checkpoint;
    private boolean stalled;
    private boolean over;
    private long generation = 1;

    SimTopology(EventQueue queue, Chance chance, ControlChecks checks) {
        this.queue = queue;
        this.chance = chance;
        this.checks = checks;
    }

    /** A further member's log. */
    SimTopologyLog open() {
        return new SimTopologyLog(this, queue, chance.split());
    }

    void join(SimTopologyLog member) {
        members.add(member);
    }

    void leave(SimTopologyLog member) {
        members.remove(member);
    }

    /** What all changes add up to. */
    ControlState state() {
        return end.state();
    }

    int slots() {
        return state().slots().size();
    }

    /** The configuration of a slot after all changes. */
    SlotConfiguration of(int slot) {
        return end.configuration(slot);
    }

    long last() {
        return end.index();
    }

    boolean isStalled() {
        return stalled || over;
    }

    /** Whether the list has lost its majority, so that this generation comes to nothing more. */
    boolean isOver() {
        return over;
    }

    /** Nobody ever appends to this generation or reads from it again. */
    void lost() {
        over = true;
    }

    long generation() {
        return generation;
    }

    /** The next generation begins; changes of the last one that no survivor knew are gone. */
    void begin(ReformDecision decision) {
        over = false;
        generation++;
        TopologyPage beginning = decision.beginning();
        changes.clear();
        changes.addAll(beginning.changes());
        checkpoint = beginning.checkpoint();
        end = new ControlMachine();
        checks.agreed(end.feed(beginning), end);
    }

    void stall(boolean newStalled) {
        stalled = newStalled;
    }

    AppendOutcome append(long expectedIndex, Payload change) {
        if (over) {
            throw new IllegalStateException("this generation is over");
        }
        if (expectedIndex != last()) {
            return new AppendOutcome.Conflict(last());
        }
        TopologyChange appended = new TopologyChange(last() + 1, Payload.of(change.toBytes()));
        changes.add(appended);
        checks.agreed(end.feed(new TopologyPage(null, List.of(appended))), end);
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
