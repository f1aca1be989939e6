package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotSpace;
import java.util.ArrayList;
import java.util.List;

/** Slot steps as fields: kind, slot, epoch, and the members that the step names. Part of {@link ChangeFormat}. */
final class StepFormat {

    private static final int KIND_ADD_LEARNERS = 1;
    private static final int KIND_DROP_LEARNERS = 2;
    private static final int KIND_BEGIN_SWITCH = 3;
    private static final int KIND_COMPLETE_SWITCH = 4;
    private static final int KIND_ORDER_VOTERS = 5;
    private static final int KIND_LAST = KIND_ORDER_VOTERS;

    private StepFormat() {}

    static void write(FieldWriter out, List<SlotStep> steps) {
        out.number(steps.size());
        steps.forEach(step -> write(out, step));
    }

    static List<SlotStep> steps(FieldReader in) {
        List<SlotStep> steps = new ArrayList<>();
        int count = in.number("number of steps", 0, ControlLimits.STEPS_MAX);
        for (int i = 0; i < count; i++) {
            steps.add(step(in));
        }
        return steps;
    }

    private static void write(FieldWriter out, SlotStep step) {
        if (step instanceof AddLearners add) {
            write(out, KIND_ADD_LEARNERS, step, add.learners());
        } else if (step instanceof DropLearners drop) {
            write(out, KIND_DROP_LEARNERS, step, drop.learners());
        } else if (step instanceof BeginSwitch begin) {
            write(out, KIND_BEGIN_SWITCH, step, begin.incoming());
        } else if (step instanceof OrderVoters order) {
            write(out, KIND_ORDER_VOTERS, step, order.order());
        } else {
            write(out, KIND_COMPLETE_SWITCH, step, MemberSet.EMPTY);
        }
    }

    private static void write(FieldWriter out, int kind, SlotStep step, MemberSet members) {
        out.number(kind);
        out.number(step.slot());
        out.number(step.epoch());
        if (kind != KIND_COMPLETE_SWITCH) {
            ValueFormat.write(out, members);
        }
    }

    private static SlotStep step(FieldReader in) {
        int kind = in.number("kind of step", KIND_ADD_LEARNERS, KIND_LAST);
        int slot = in.number("slot", 0, SlotSpace.SLOTS_MAX - 1);
        int epoch = in.number("epoch", 1, Integer.MAX_VALUE);
        if (kind == KIND_COMPLETE_SWITCH) {
            return new CompleteSwitch(slot, epoch);
        }
        MemberSet members = ValueFormat.members(in, "members", ControlLimits.LEARNERS_MAX);
        return switch (kind) {
            case KIND_ADD_LEARNERS -> new AddLearners(slot, epoch, members);
            case KIND_DROP_LEARNERS -> new DropLearners(slot, epoch, members);
            case KIND_BEGIN_SWITCH -> new BeginSwitch(slot, epoch, members);
            default -> new OrderVoters(slot, epoch, members);
        };
    }
}
