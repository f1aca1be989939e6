package dev.hypercache.sim;

import dev.hypercache.core.control.AddLearners;
import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.ChangeSlots;
import dev.hypercache.core.control.CompleteSwitch;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DrainMember;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.SetReplicationFactor;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.control.plan.TopologyPlan;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Proposes what is to become of members and slots: now one node, now another, each from the state that it knows.
 *
 * <p>Leaders complete switches. Anybody removes members, takes steps of the plan, and steps that no planner would take.
 */
final class Mover {

    private static final long EVERY_MILLIS = 40;
    private static final long PATIENCE_MILLIS = 6_000;

    /** One replica on its way from a node to another, whatever the plan says. */
    private record Move(int slot, int from, int to, long untilMillis) {}

    private final SimRing ring;
    private final Chance chance;
    /** How likely a learner becomes a voter before it is filled, at each look. */
    private final double hasty;

    private final WildSteps wild;
    private final List<Move> moves = new ArrayList<>();
    private final List<NodeId> leaving = new ArrayList<>();
    private int wildSteps;
    private int replicationFactor;
    private boolean calm;

    Mover(SimRing ring, Chance chance) {
        this.ring = ring;
        this.chance = chance;
        this.hasty = chance.happens(0.3) ? 0.5 : 0.03;
        this.wild = new WildSteps(chance.split());
    }

    /** From now on only the plan counts. */
    void calmDown() {
        calm = true;
        moves.clear();
        leaving.clear();
        wildSteps = 0;
        replicationFactor = 0;
        ring.losses().calmDown();
        ring.live().forEach(node -> node.control().log().hurry());
    }

    /** Whether all nodes know the same, and nothing is left to do. */
    boolean isDone() {
        ControlState state = ring.topology().state();
        for (int slot = 0; slot < state.slots().size(); slot++) {
            if (state.slots().configuration(slot).isSwitching()) {
                return false;
            }
        }
        return leaving.isEmpty()
                && TopologyPlanner.departures(state).isEmpty()
                && ring.lives().isQuiet()
                && !ring.topology().isOver()
                && !Losses.isAny(state)
                && TopologyPlanner.plan(state).isSettled()
                && ring.live().stream().allMatch(node -> node.control().index() == state.index());
    }

    /** Asks for a replica to move; false if the move makes no sense. */
    boolean move(int slot, int from, int to) {
        SlotConfiguration now = ring.topology().of(slot);
        if (!calm && now.voters().contains(from) && !now.voters().contains(to)) {
            moves.add(new Move(slot, from, to, ring.queue().nowMillis() + PATIENCE_MILLIS));
            return true;
        }
        return false;
    }

    /** Some of the next steps make no sense. */
    void goWild(int steps) {
        wildSteps += steps;
    }

    /** A slot is to have so many replicas. */
    void setReplicationFactor(int replicas) {
        replicationFactor = replicas;
    }

    void start() {
        ring.queue().afterMillis(EVERY_MILLIS + chance.below(30), () -> {
            ring.live().forEach(this::complete);
            List<SimNode> live = ring.live();
            if (!live.isEmpty()) {
                propose(chance.oneOf(live));
            }
            start();
        });
    }

    private void propose(SimNode proposer) {
        ControlCommand command =
                isAbleToPropose(proposer) ? next(proposer.control().state()) : null;
        if (command != null) {
            proposer.control().propose(command);
        }
    }

    private static boolean isAbleToPropose(SimNode node) {
        return node.isUp() && !node.isPaused() && !node.control().isProposing();
    }

    private void complete(SimNode leader) {
        if (!isAbleToPropose(leader)) {
            return;
        }
        List<SlotStep> steps = new ArrayList<>();
        ControlState state = leader.control().state();
        for (int slot = 0; slot < state.slots().size(); slot++) {
            Leadership leadership = leader.serving(slot);
            if (leadership != null && leadership.isSwitchComplete() && isComplete(leader, slot)) {
                steps.add(new CompleteSwitch(slot, leader.configuration(slot).epoch()));
            }
        }
        if (!steps.isEmpty()) {
            leader.control().propose(new ChangeSlots(steps));
        }
    }

    private static boolean isComplete(SimNode leader, int slot) {
        SlotMachine machine = Objects.requireNonNull(leader.machine(slot), "machine");
        return machine.leaderless().isSwitchComplete(leader.control().state().roster()::contains);
    }

    /** A node is to hand over all that it holds, and to go when it has. */
    void drain(SimNode node) {
        leaving.add(node.nodeId());
    }

    private @Nullable ControlCommand next(ControlState state) {
        ControlCommand ofLoss = ring.losses().proposal(state);
        if (ofLoss != null) {
            return ofLoss;
        }
        if (replicationFactor > 0 && replicationFactor != state.founded().replicationFactor()) {
            ring.coverage().count("REPLICATION_FACTOR_SET");
            return new SetReplicationFactor(replicationFactor);
        }
        ControlCommand ofMembers = chance.happens(0.3) ? nextOfMembers(state) : null;
        return ofMembers == null ? nextOfSlots(state) : ofMembers;
    }

    private @Nullable ControlCommand nextOfMembers(ControlState state) {
        List<RemoveMember> departures = TopologyPlanner.departures(state).stream()
                .filter(departure -> ring.topology().letsGo(departure.member()))
                .toList();
        if (!departures.isEmpty()) {
            ring.coverage().count("DEPARTED");
            return chance.oneOf(departures);
        }
        leaving.removeIf(node -> isDraining(state, node));
        return leaving.isEmpty() ? ring.lives().removal() : new DrainMember(chance.oneOf(leaving));
    }

    private static boolean isDraining(ControlState state, NodeId node) {
        Member member = state.roster().member(node);
        return member == null || member.draining();
    }

    private @Nullable ControlCommand nextOfSlots(ControlState state) {
        List<SlotStep> steps = new ArrayList<>();
        moves.removeIf(move -> proceed(move, state, steps));
        if (wildSteps > 0) {
            wildSteps--;
            steps.addAll(wild.some(state));
        }
        if (calm || chance.happens(0.3)) {
            planned(state, steps);
        }
        steps.removeIf(step -> step instanceof BeginSwitch begin && !ring.lives(begin.incoming()));
        return steps.isEmpty() ? null : new ChangeSlots(steps);
    }

    private void planned(ControlState state, List<SlotStep> steps) {
        TopologyPlan plan = TopologyPlanner.plan(state);
        for (SlotStep step : plan.steps()) {
            boolean isDue = !(step instanceof BeginSwitch begin)
                    || isFilled(
                            begin.slot(),
                            begin.incoming()
                                    .minus(state.slots()
                                            .configuration(begin.slot())
                                            .voters()))
                    || chance.happens(hasty);
            if (isDue && (calm || chance.happens(0.8))) {
                steps.add(step);
            }
        }
    }

    /** Takes the next step of a move; true if there is none any more. */
    private boolean proceed(Move move, ControlState state, List<SlotStep> steps) {
        SlotConfiguration now = state.slots().configuration(move.slot);
        boolean isOver = ring.queue().nowMillis() > move.untilMillis
                || !now.voters().contains(move.from)
                || !state.roster().contains(move.to);
        if (isOver || now.isSwitching()) {
            return isOver;
        }
        if (!now.holders().contains(move.to)) {
            steps.add(new AddLearners(move.slot, now.epoch(), MemberSet.of(move.to)));
        } else if (isFilled(move.slot, MemberSet.of(move.to)) || chance.happens(hasty)) {
            steps.add(new BeginSwitch(
                    move.slot, now.epoch(), now.voters().without(move.from).union(MemberSet.of(move.to))));
        }
        return false;
    }

    @Override
    public String toString() {
        ControlState state = ring.topology().state();
        return "index " + state.index() + ", " + ring.topology() + ", lives: "
                + ring.lives() + ", over "
                + ring.topology().isOver() + " " + ring.reform() + ", next "
                + TopologyPlanner.plan(state).steps() + ", known "
                + ring.live().stream()
                        .map(node -> node + "@" + node.control().index())
                        .toList();
    }

    private boolean isFilled(int slot, MemberSet learners) {
        return ring.live().stream().anyMatch(node -> {
            Leadership leadership = node.serving(slot);
            boolean filled = leadership != null;
            for (int learner : learners.toArray()) {
                filled = filled && leadership.isFilled(learner);
            }
            return filled;
        });
    }
}
