package dev.hypercache.sim;

import dev.hypercache.core.control.AddLearners;
import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.ControlLimits;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DropLearners;
import dev.hypercache.core.control.OrderVoters;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;

/** Slot steps that are allowed, or nearly so, and serve no plan. */
final class WildSteps {

    private final Chance chance;

    WildSteps(Chance chance) {
        this.chance = chance;
    }

    /** One to three steps, as often as not of the same slot. */
    List<SlotStep> some(ControlState state) {
        List<SlotStep> steps = new ArrayList<>();
        int slot = chance.below(state.slots().size());
        for (long i = chance.between(1, 3); i > 0; i--) {
            SlotConfiguration now = state.slots().configuration(slot);
            int epoch = chance.happens(0.9) ? now.epoch() : now.epoch() + 1;
            steps.add(any(slot, epoch, now, state));
            slot = chance.happens(0.5) ? slot : chance.below(state.slots().size());
        }
        return steps;
    }

    private SlotStep any(int slot, int epoch, SlotConfiguration now, ControlState state) {
        List<Integer> members = new ArrayList<>();
        state.roster().members().forEach(member -> members.add(member.shortId()));
        List<Integer> outside = new ArrayList<>(members);
        outside.removeIf(now.holders()::contains);
        List<Integer> inside = new ArrayList<>(members);
        inside.removeIf(member -> !now.holders().contains(member));
        int dice = chance.below(10);
        if (dice < 3 && !outside.isEmpty()) {
            return new AddLearners(slot, epoch, MemberSet.of(chance.oneOf(outside)));
        }
        if (dice < 5 && !now.learners().isEmpty()) {
            return new DropLearners(
                    slot,
                    epoch,
                    MemberSet.of(now.learners().get(chance.below(now.learners().size()))));
        }
        if (dice < 7 || inside.size() < 2) {
            return new OrderVoters(slot, epoch, shuffled(now.voters()));
        }
        int most = Math.min(
                inside.size(),
                Math.min(ControlLimits.REPLICATION_FACTOR_MAX, state.founded().replicationFactor()));
        return new BeginSwitch(slot, epoch, some(inside, (int) chance.between(Math.min(2, most), most)));
    }

    private MemberSet some(List<Integer> members, int size) {
        List<Integer> left = new ArrayList<>(members);
        int[] taken = new int[size];
        for (int i = 0; i < size; i++) {
            taken[i] = left.remove(chance.below(left.size()));
        }
        return MemberSet.of(taken);
    }

    private MemberSet shuffled(MemberSet members) {
        List<Integer> all = new ArrayList<>();
        for (int member : members.toArray()) {
            all.add(member);
        }
        return some(all, all.size());
    }
}
