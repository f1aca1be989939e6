package dev.hypercache.core.control.plan;

import dev.hypercache.core.control.ChangeSlots;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.SlotStep;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one member proposes for the whole ring: who is to be removed, and who is to learn what.
 *
 * <p>The steward is the member with the lowest short id among those not suspected. Two members may both take themselves for it:
 * the log takes the change of one and the other looks again. Proposals follow from the agreed state, so whoever comes next goes on
 * where the last one stopped.
 */
public final class Steward {

    private Steward() {}

    /**
     * Whether it is a member's turn.
     *
     * @param suspected whom it thinks to be unreachable
     */
    public static boolean isStewardOf(ControlState state, int self, BitSet suspected) {
        for (Member member : state.roster().members()) {
            if (!suspected.get(member.shortId())) {
                return member.shortId() == self;
            }
        }
        return false;
    }

    /**
     * The removal that is due: of a member that has handed everything over, or that is dead for long. Nobody is removed on
     * suspicion alone who takes a slot's last majority with it ({@link TopologyPlanner#mayRemove}).
     *
     * @param dead members that are dead for so long that they are not waited for any more
     * @return null if none is
     */
    public static @Nullable ControlCommand removal(ControlState state, BitSet dead) {
        List<RemoveMember> departures = TopologyPlanner.departures(state);
        if (!departures.isEmpty() && state.roster().size() > 1) {
            return departures.get(0);
        }
        for (Member member : state.roster().members()) {
            if (dead.get(member.shortId()) && TopologyPlanner.mayRemove(state, member.id())) {
                return new RemoveMember(member.id());
            }
        }
        return null;
    }

    /**
     * The steps of a plan that wait for nobody: who is to be filled, who no longer, and which leader is preferred.
     *
     * @return null if there are none
     */
    public static @Nullable ControlCommand steps(TopologyPlan plan) {
        List<SlotStep> steps = new ArrayList<>(plan.drops());
        steps.addAll(plan.additions());
        steps.addAll(plan.orders());
        return steps.isEmpty() ? null : new ChangeSlots(steps);
    }
}
