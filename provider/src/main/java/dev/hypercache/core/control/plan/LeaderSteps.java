package dev.hypercache.core.control.plan;

import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.CompleteSwitch;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps that only the leader of a slot may propose, since it alone knows what the copies hold: a switch begins when those who
 * are to vote are filled, and completes when they hold everything that is chosen.
 */
public final class LeaderSteps {

    /** The most switches that begin at once: each makes its slot elect a leader, which callers wait for. */
    public static final int SWITCHES_MAX = 64;

    private LeaderSteps() {}

    /** Whether some slot is on its way to other voters, so that its leader may have a step to propose: a matter of the state alone. */
    public static boolean isMoving(ControlState state) {
        for (int slot = 0; slot < state.slots().size(); slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            if (now.isSwitching() || !isVotedByMembersAlone(now, state)) {
                return true;
            }
        }
        return false;
    }

    /** Completions that are due in the slots that a node leads. */
    public static List<SlotStep> completions(ControlState state, SlotProgress progress) {
        List<SlotStep> steps = new ArrayList<>();
        for (int slot = 0; slot < state.slots().size(); slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            if (now.isSwitching() && progress.leads(slot) && progress.isSwitchComplete(slot)) {
                steps.add(new CompleteSwitch(slot, now.epoch()));
            }
        }
        return steps;
    }

    /** Whether a node leads slots that others learn, so that a plan may hold switches for it. */
    public static boolean mayBegin(ControlState state, SlotProgress progress) {
        for (int slot = 0; slot < state.slots().size(); slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            if (!now.isSwitching() && progress.leads(slot) && !isVotedByMembersAlone(now, state)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVotedByMembersAlone(SlotConfiguration now, ControlState state) {
        if (!now.learners().isEmpty()) {
            return false;
        }
        for (int voter : now.voters().toArray()) {
            Member member = state.roster().member(voter);
            if (member == null || member.draining()) {
                return false;
            }
        }
        return now.voters().size() <= state.founded().replicationFactor();
    }

    /** The switches of a plan that are due in the slots that a node leads, {@value #SWITCHES_MAX} at most. */
    public static List<SlotStep> switches(ControlState state, TopologyPlan plan, SlotProgress progress) {
        List<SlotStep> steps = new ArrayList<>();
        for (BeginSwitch step : plan.switches()) {
            if (steps.size() < SWITCHES_MAX && progress.leads(step.slot()) && isFilled(state, step, progress)) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static boolean isFilled(ControlState state, BeginSwitch step, SlotProgress progress) {
        MemberSet voters = state.slots().configuration(step.slot()).voters();
        for (int incoming : step.incoming().minus(voters).toArray()) {
            if (!progress.isCaughtUp(step.slot(), incoming)) {
                return false;
            }
        }
        return true;
    }
}
