package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.plan.SlotProgress;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.node.SlotMachine;
import java.util.function.Predicate;

/** The progress of the slots that this node leads, as their machines know it. */
record LedSlots(SlotCells cells, ControlState state) implements SlotProgress {

    @Override
    public boolean leads(int slot) {
        return cells.cell(slot).isLed();
    }

    @Override
    public boolean isCaughtUp(int slot, int learner) {
        return test(slot, machine -> {
            Leadership leadership = machine.leadership();
            return leadership != null && leadership.isCaughtUp(learner);
        });
    }

    @Override
    public boolean isSwitchComplete(int slot) {
        return test(slot, machine -> {
            Leadership leadership = machine.leadership();
            return leadership != null
                    && leadership.isSwitchComplete()
                    && machine.leaderless().isSwitchComplete(state.roster()::contains);
        });
    }

    private boolean test(int slot, Predicate<SlotMachine> condition) {
        boolean[] holds = new boolean[1];
        cells.cell(slot).withLed(machine -> holds[0] = isOf(machine, slot) && condition.test(machine));
        return holds[0];
    }

    /** What is known counts for the epoch that the state is of, and for no other. */
    private boolean isOf(SlotMachine machine, int slot) {
        int epoch = state.slots().configuration(slot).epoch();
        return machine.state().configuration().epoch() == epoch;
    }
}
