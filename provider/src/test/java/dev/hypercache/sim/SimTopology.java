package dev.hypercache.sim;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;

/** The one table of slots, as a linearizable object. It may stall: nobody reads or changes it then. */
final class SimTopology {

    private final List<SlotConfiguration> slots = new ArrayList<>();
    private boolean stalled;

    SimTopology(List<SlotConfiguration> first) {
        slots.addAll(first);
    }

    int slots() {
        return slots.size();
    }

    SlotConfiguration of(int slot) {
        return slots.get(slot);
    }

    boolean isStalled() {
        return stalled;
    }

    void stall(boolean newStalled) {
        stalled = newStalled;
    }

    /** A new replica is to be filled. */
    boolean addLearner(int slot, int epoch, int learner) {
        SlotConfiguration now = of(slot);
        if (stalled
                || now.epoch() != epoch
                || now.isSwitching()
                || now.holders().contains(learner)) {
            return false;
        }
        MemberSet learners = now.learners().union(MemberSet.of(learner));
        slots.set(slot, new SlotConfiguration(epoch, now.voters(), MemberSet.EMPTY, learners));
        return true;
    }

    /** A replica that was to be filled has died. */
    boolean dropLearner(int slot, int epoch, int learner) {
        SlotConfiguration now = of(slot);
        if (stalled || now.epoch() != epoch || now.isSwitching()) {
            return false;
        }
        slots.set(
                slot,
                new SlotConfiguration(
                        epoch, now.voters(), MemberSet.EMPTY, now.learners().without(learner)));
        return true;
    }

    /** The voters begin to change. */
    boolean begin(int slot, int epoch, MemberSet incoming) {
        SlotConfiguration now = of(slot);
        if (stalled || now.epoch() != epoch || now.isSwitching()) {
            return false;
        }
        slots.set(slot, new SlotConfiguration(epoch + 1, now.voters(), incoming, MemberSet.EMPTY));
        return true;
    }

    /** The new voters hold everything. */
    boolean complete(int slot, int epoch) {
        SlotConfiguration now = of(slot);
        if (stalled || now.epoch() != epoch || !now.isSwitching()) {
            return false;
        }
        slots.set(slot, SlotConfiguration.stable(epoch + 1, now.incoming()));
        return true;
    }
}
