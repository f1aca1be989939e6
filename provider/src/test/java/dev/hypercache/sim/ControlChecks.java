package dev.hypercache.sim;

import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.ring.SlotConfiguration;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What must hold of the agreed state: at one index all nodes have the same, no node goes back, epochs grow by single steps,
 * and the copies of a node are configured by a state that the ring was in.
 */
final class ControlChecks {

    /** Is told of each new epoch of a slot. */
    interface Moves {
        /** @param members the ring's members before */
        void moved(int slot, SlotConfiguration from, SlotConfiguration to, BitSet members);
    }

    private record Agreed(ControlState state, ByteBuffer bytes) {}

    private final Invariants invariants;
    private final Coverage coverage;
    private final Moves moves;
    private final Map<Long, Agreed> agreed = new HashMap<>();
    private final Map<String, Long> known = new HashMap<>();

    ControlChecks(Invariants invariants, Coverage coverage, Moves moves) {
        this.invariants = invariants;
        this.coverage = coverage;
        this.moves = moves;
    }

    /** The list of changes has grown by one, and this is what it adds up to. */
    void agreed(ControlMachine.Progress progress, ControlMachine end) {
        ControlState now = end.state();
        Agreed before = agreed.get(now.index() - 1);
        ByteBuffer bytes = end.snapshot().buffer();
        agreed.put(now.index(), new Agreed(now, bytes));
        invariants.note(progress.index() * 31 + bytes.hashCode());
        progress.outcomes()
                .forEach(outcome -> outcome.applied().refusals().forEach(refusal -> coverage.count("STEP_REFUSED")));
        for (int slot = 0; before != null && slot < before.state.slots().size(); slot++) {
            SlotConfiguration from = before.state.slots().configuration(slot);
            SlotConfiguration to = now.slots().configuration(slot);
            moved(slot, from, to);
            if (to.epoch() != from.epoch()) {
                moves.moved(slot, from, to, before.state.roster().shortIds());
            }
        }
    }

    private void moved(int slot, SlotConfiguration from, SlotConfiguration to) {
        if (to.epoch() == from.epoch() + 1) {
            coverage.count(to.isSwitching() ? "SWITCH_BEGUN" : "SWITCH_COMPLETED");
        } else if (to.epoch() != from.epoch()) {
            invariants.violated("control: slot " + slot + " went from " + from + " to " + to);
        } else if (!from.learners().minus(to.learners()).isEmpty()) {
            coverage.count("LEARNER_DROPPED");
        }
    }

    /** A life that is no member acts on nothing that it has read, and forgets it. */
    void forgot(String life) {
        known.remove(life);
    }

    /** A node, in one of its lives, has read on. */
    void followed(String life, ControlMachine.Progress progress, ControlMachine machine) {
        if (progress.restored()) {
            coverage.count("CHECKPOINT_RESTORED");
        }
        Long before = known.put(life, machine.index());
        if (before != null && machine.index() < before) {
            invariants.violated("control: " + life + " went back from " + before + " to " + machine.index());
        }
        Agreed there = agreed.get(machine.index());
        if (there == null
                || !there.state.equals(machine.state())
                || !there.bytes.equals(machine.snapshot().buffer())) {
            invariants.violated("control: " + life + " has another state at index " + machine.index() + " than agreed");
        }
    }

    /** A node has made of its copies what its state says. */
    void configured(SimNode node) {
        ControlState state = node.control().state();
        for (int slot = 0; slot < state.slots().size(); slot++) {
            SlotConfiguration configuration = state.slots().configuration(slot);
            SlotMachine machine = node.machine(slot);
            boolean isHolder = configuration.holders().contains(node.id());
            if (isHolder != (machine != null)
                    || machine != null && !machine.state().configuration().equals(configuration)) {
                invariants.violated("control: " + node + " at index " + state.index() + " has for slot " + slot + " "
                        + machine + ", and it is " + configuration);
            }
        }
    }
}
