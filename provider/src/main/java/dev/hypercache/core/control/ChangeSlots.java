package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes steps in many slots at once.
 *
 * <p>Each step stands for itself: one that no longer fits its slot changes nothing and is reported, the others are taken.
 *
 * @param steps what to do, in this order
 */
public record ChangeSlots(List<SlotStep> steps) implements ControlCommand {

    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if there are too many steps
     */
    public ChangeSlots {
        steps = List.copyOf(steps);
        ControlLimits.checkRange("number of steps", steps.size(), 0, ControlLimits.STEPS_MAX);
    }

    @Override
    public Applied applyTo(ControlState now) {
        List<SlotEntry> entries = new ArrayList<>(now.slots().entries());
        List<Refusal> refusals = new ArrayList<>();
        for (SlotStep step : steps) {
            if (step.slot() >= entries.size()) {
                refusals.add(new Refusal(Reason.NO_SUCH_SLOT, step.slot(), "The ring has no such slot."));
                continue;
            }
            SlotEntry entry = entries.get(step.slot());
            SlotConfiguration at = entry.configuration();
            Reason obstacle = at.epoch() == step.epoch() ? step.obstacle(at, now) : Reason.OTHER_EPOCH;
            if (obstacle == null) {
                entries.set(step.slot(), entry.become(step.next(at), now.index()));
            } else {
                refusals.add(new Refusal(obstacle, step.slot(), step + " does not fit " + at + "."));
            }
        }
        return new Applied(now.with(new SlotTable(entries)), refusals);
    }
}
