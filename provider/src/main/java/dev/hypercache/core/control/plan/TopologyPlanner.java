package dev.hypercache.core.control.plan;

import dev.hypercache.core.control.AddLearners;
import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DropLearners;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.LostSlot;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.OrderVoters;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.RingSettings;
import dev.hypercache.core.control.SlotEntry;
import dev.hypercache.core.control.SlotLoss;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Computes which members should hold which slots (CONSISTENCY §4).
 *
 * <p>Problem: members come, go and differ in weight; every slot should have its replicas in different zones, every member
 * its share of replicas and leaders, and as few copies as possible should cross the network. Consistent hashing with
 * virtual nodes places without any state, but leaves the fullest of 10 nodes 4 to 19 % above the mean.
 *
 * <p>Approach: the table is state, and a plan is a repair of it. Shares are fixed first, in whole numbers; then each
 * replica that leaves a member with too much, or that is gone, goes to a member with too little ({@link Levelling}). So a
 * node that joins takes its share and nothing else moves. Leaders are levelled by reordering ({@link LeaderBalance}).
 *
 * <p>Deterministic: a plan depends on the state alone. Computed again while steps are under way it goes on with them.
 * Limits: slots × log slots for the order of each taker, and a few looks for each move; slots × replicas × moves where the rules of
 * placement leave few givers.
 */
public final class TopologyPlanner {

    private final ControlState state;
    private final List<AddLearners> additions = new ArrayList<>();
    private final List<DropLearners> drops = new ArrayList<>();
    private final List<BeginSwitch> switches = new ArrayList<>();
    private final List<OrderVoters> orders = new ArrayList<>();
    private final List<TopologyPlan.Loss> losses = new ArrayList<>();

    private TopologyPlanner(ControlState state) {
        this.state = state;
    }

    /** The command that founds a ring with a balanced table. */
    public static FoundRing found(RingSettings settings, List<NodeProfile> founders) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < founders.size(); i++) {
            candidates.add(Candidate.of(i + 1, founders.get(i)));
        }
        Placement placement = new Placement(candidates, settings.slots(), settings.replicationFactor());
        new ReplicaBalance(placement).run();
        new LeaderBalance(placement, new boolean[settings.slots()]).run();
        return new FoundRing(settings, founders, placement.result());
    }

    /**
     * The next steps of a founded ring.
     *
     * @throws NullPointerException if no ring is founded yet
     */
    public static TopologyPlan plan(ControlState state) {
        return new TopologyPlanner(state).plan();
    }

    /** The removals of members that are leaving and hold nothing any more. */
    public static List<RemoveMember> departures(ControlState state) {
        List<RemoveMember> departures = new ArrayList<>();
        if (state.roster().members().stream().noneMatch(Member::draining)) {
            return departures;
        }
        BitSet mentioned = state.slots().mentioned();
        for (Member member : state.roster().members()) {
            if (member.draining() && !mentioned.get(member.shortId())) {
                departures.add(new RemoveMember(member.id()));
            }
        }
        return departures;
    }

    /**
     * Whether a member that others take for dead may be removed without proof of its death: every slot keeps the majorities
     * that it has. A slot that lost its majority is given to others, and if those who lost it lived on they would serve it, too.
     * So what takes the last majority of a slot must be certain: the name came back, or an operator removes the member.
     */
    public static boolean mayRemove(ControlState state, NodeId suspect) {
        Member member = state.roster().member(suspect);
        if (member == null || state.roster().size() == 1) {
            return false;
        }
        BitSet others = state.roster().shortIds();
        others.clear(member.shortId());
        for (SlotEntry entry : state.slots().entries()) {
            SlotConfiguration slot = entry.configuration();
            if (slot.electors().contains(member.shortId()) && !slot.isPromiseQuorum(others)) {
                return false;
            }
        }
        return true;
    }

    private TopologyPlan plan() {
        Placement placement = new Placement(
                Candidate.of(state.roster()),
                state.slots().size(),
                state.founded().replicationFactor());
        BitSet members = state.roster().shortIds();
        SlotLoss[] found = new SlotLoss[placement.slots()];
        for (int slot = 0; slot < placement.slots(); slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            found[slot] = new SlotLoss(now, members);
            // A slot that nobody holds is given to members as if it were new.
            boolean isFixed = now.isSwitching() || found[slot].kind() != SlotLoss.Kind.NONE;
            placement.begin(slot, now.targets(), now.learners(), isFixed && !found[slot].isExtinct());
        }
        new ReplicaBalance(placement).run();
        new LeaderBalance(placement, leaderGoes(placement)).run();
        List<MemberSet> target = new ArrayList<>();
        for (int slot = 0; slot < placement.slots(); slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            boolean fixed = placement.isFixed(slot);
            target.add(fixed ? now.targets() : placement.result(slot));
            if (found[slot].kind() != SlotLoss.Kind.NONE) {
                lost(slot, found[slot], placement.result(slot));
            } else if (!fixed) {
                step(slot, now, placement.result(slot));
            }
        }
        return new TopologyPlan(target, additions, drops, switches, orders, losses);
    }

    private void lost(int slot, SlotLoss loss, MemberSet result) {
        MemberSet heirs = loss.isExtinct() ? result : MemberSet.EMPTY;
        LostSlot lost = new LostSlot(slot, loss.at().epoch(), heirs);
        losses.add(new TopologyPlan.Loss(lost, loss.kind() == SlotLoss.Kind.HELD));
    }

    private boolean[] leaderGoes(Placement placement) {
        boolean[] goes = new boolean[placement.slots()];
        for (int slot = 0; slot < goes.length; slot++) {
            int leader = state.slots().configuration(slot).targets().get(0);
            goes[slot] = !placement.result(slot).contains(leader);
        }
        return goes;
    }

    private void step(int slot, SlotConfiguration now, MemberSet target) {
        MemberSet idle = now.learners().minus(target);
        if (!idle.isEmpty()) {
            drops.add(new DropLearners(slot, now.epoch(), idle));
        }
        MemberSet missing = target.minus(now.holders());
        if (!missing.isEmpty()) {
            additions.add(new AddLearners(slot, now.epoch(), missing));
        } else if (!target.isSameSetAs(now.voters())) {
            switches.add(new BeginSwitch(slot, now.epoch(), target));
        } else if (!target.equals(now.voters())) {
            orders.add(new OrderVoters(slot, now.epoch(), target));
        }
    }
}
