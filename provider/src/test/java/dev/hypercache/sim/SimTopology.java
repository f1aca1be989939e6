package dev.hypercache.sim;

import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.List;

/**
 * The one list of changes of a ring: either an object that cannot fail, or the engine of production over the simulated
 * network. It may stall: nobody reads then, and who appends learns nothing.
 *
 * <p>Beside the list it knows what the list adds up to. That is the truth by which the simulator judges; nodes have their
 * own states.
 */
abstract class SimTopology {

    private final ControlChecks checks;
    private ControlMachine end = new ControlMachine();
    private boolean over;
    private long generation = 1;

    SimTopology(ControlChecks checks) {
        this.checks = checks;
    }

    /** The log of a node that is about to start. */
    abstract MemberLog open(NodeProfile profile);

    /** The first change, before any node runs. */
    abstract void found(NodeControl founder, ControlCommand founding);

    abstract void stall(boolean newStalled);

    /** Whether the log would go on if a member were lost now. */
    boolean survives(NodeId lost) {
        return true;
    }

    /** Whether a member's removal may be on its way. */
    boolean isLeaving(NodeId member) {
        return false;
    }

    /** Whether no change that is on its way counts on a node that might be lost now. */
    boolean mayLose(int node) {
        return true;
    }

    /** Whether the log would go on if a member were removed now, which counts as lost from then on. */
    boolean letsGo(NodeId member) {
        return true;
    }

    /** The list has grown by one. */
    void agreed(TopologyChange change) {
        checks.agreed(end.feed(new TopologyPage(null, List.of(change))), end);
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
        end = new ControlMachine();
        checks.agreed(end.feed(decision.beginning()), end);
    }
}
