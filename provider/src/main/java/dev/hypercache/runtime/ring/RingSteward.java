package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ChangeSlots;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DrainMember;
import dev.hypercache.core.control.LossPolicy;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.ResolveLoss;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.control.plan.LeaderSteps;
import dev.hypercache.core.control.plan.Steward;
import dev.hypercache.core.control.plan.TopologyPlan;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.AppendOutcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Proposes what this node may propose of the ring's topology: switches of the slots that it leads, and as the {@link Steward}
 * what concerns the whole ring.
 *
 * <p>Looks every {@value #LOOK_MILLIS} ms on a thread of its own, since a plan of a large ring takes longer than other work may
 * wait. While slots move the state changes all the time, and every node has to plan: it rests for {@value #REST_PER_PLAN} times
 * as long as a plan took, {@value #REST_MILLIS_MOST} ms at most, and does meanwhile what needs no plan. One proposal at a time is
 * under way; after one that failed it pauses for {@value #PAUSE_MILLIS} ms.
 */
final class RingSteward implements Runnable {

    private static final long LOOK_MILLIS = 25;
    private static final long PAUSE_MILLIS = 500;
    private static final long VOTERS_MILLIS = 5_000;
    private static final long NEVER = -1;
    private static final long REST_PER_PLAN = 4;
    private static final long REST_MILLIS_MOST = 250;

    /**
     * What a steward may do.
     *
     * @param rebalances whether it gives slots to others and lets switches begin; those under way complete in any case
     * @param evictAfterMillis how long a dead member is waited for
     * @param lossPolicy what becomes of slots that may have lost something
     */
    record Duty(boolean rebalances, long evictAfterMillis, LossPolicy lossPolicy) {}

    private final NodeParts parts;
    private final PeerWatch watch;
    private final Deaths deaths;
    private final TopologyDoor topology;
    private final Duty duty;
    private final TickFailures failures;
    private final PairNotice pair;
    private final NodeThread thread;
    private @Nullable TopologyPlan plan;
    private long plannedIndex = -1;
    private long planAgainAtNanos = System.nanoTime();
    private long lookedIndex = -1;
    private boolean moving;
    private long pausedUntilMillis;
    private @Nullable NodeId departing;
    private long departingSinceMillis;
    private long unsettledSinceMillis = NEVER;
    private volatile boolean offering;
    private volatile boolean failed;
    private volatile boolean leaving;

    RingSteward(String nodeName, NodeParts parts, PeerWatch watch, Deaths deaths, TopologyDoor topology, Duty duty) {
        this.parts = parts;
        this.watch = watch;
        this.deaths = deaths;
        this.topology = topology;
        this.duty = duty;
        this.pair = new PairNotice(parts.log());
        this.failures = new TickFailures(
                parts.metrics(),
                parts.log(),
                "topology",
                "The next step of the ring's topology could not be found; it is tried again.");
        this.thread = new NodeThread("hypercache-steward-" + nodeName, this);
    }

    void start() {
        thread.start();
    }

    /** From now on this node asks to be relieved of what it holds. */
    void leave() {
        leaving = true;
        thread.wake();
    }

    /**
     * Whether this node has nothing more to hand over, as far as it knows: it may go, though it may not have heard yet that the ring has
     * removed it, which nobody may tell whom they have removed.
     */
    boolean hasLeft() {
        ControlState state = parts.control().state();
        Member self = state.roster().member(parts.links().members().self());
        return self == null
                || self.draining() && !state.slots().mentioned().get(self.shortId()) && !topology.isVoter(self.id());
    }

    /** Whether so many of those that stay seem to be dead that nothing can be handed over to them, nor agreed on. */
    boolean isLeftAlone() {
        ControlState state = parts.control().state();
        BitSet dead = watch.suspected();
        int staying = 0;
        int living = 0;
        for (Member member : state.roster().members()) {
            if (!member.draining()
                    && member.shortId() != parts.links().members().self()) {
                staying++;
                living += dead.get(member.shortId()) ? 0 : 1;
            }
        }
        int replicas = Math.min(state.founded().replicationFactor(), staying);
        return 2 * living <= replicas || !watch.hearsMajority();
    }

    @Override
    public void run() {
        while (!thread.isEnded()) {
            try {
                look();
            } catch (RuntimeException | Error e) {
                failures.failed(e);
            }
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
    }

    private void look() {
        long now = parts.clock().steadyMillis();
        if (failed) {
            failed = false;
            pausedUntilMillis = now + PAUSE_MILLIS;
        }
        if (offering || now < pausedUntilMillis) {
            return;
        }
        ControlState state = parts.control().state();
        ControlCommand command = next(state);
        if (command != null) {
            offer(state, command);
        }
    }

    private @Nullable ControlCommand next(ControlState state) {
        Member self = state.roster().member(parts.links().members().self());
        if (self == null) {
            return null;
        }
        if (leaving && !self.draining()) {
            return new DrainMember(self.id());
        }
        List<SlotStep> steps = isMoving(state) ? stepsOfLed(state) : List.of();
        if (!steps.isEmpty()) {
            return new ChangeSlots(steps);
        }
        return Steward.isStewardOf(state, parts.links().members().self(), watch.suspected()) ? nextOfRing(state) : null;
    }

    private List<SlotStep> stepsOfLed(ControlState state) {
        LedSlots led = new LedSlots(parts.cells(), state);
        List<SlotStep> steps = new ArrayList<>(LeaderSteps.completions(state, led));
        if (duty.rebalances() && isPlanDue(state) && LeaderSteps.mayBegin(state, led)) {
            steps.addAll(LeaderSteps.switches(state, planOf(state), led));
        }
        return steps;
    }

    /** Follows from the state as a plan does: a ring at rest is not looked through again and again. */
    private boolean isMoving(ControlState state) {
        if (lookedIndex != state.index()) {
            lookedIndex = state.index();
            moving = LeaderSteps.isMoving(state);
        }
        return moving;
    }

    private @Nullable ControlCommand nextOfRing(ControlState state) {
        pair.look(state, parts.clock().steadyMillis());
        ControlCommand removal = Steward.removal(state, deaths.deadFor(duty.evictAfterMillis(), state));
        if (removal instanceof RemoveMember departure && !isDue(departure, state)) {
            return null;
        }
        if (removal != null) {
            return removal;
        }
        ResolveLoss resolution = parts.losses().count() > 0 ? planOf(state).resolution(duty.lossPolicy()) : null;
        boolean moves = resolution == null && duty.rebalances() && isPlanDue(state) && hasVoters(state);
        return moves ? Steward.steps(planOf(state)) : resolution;
    }

    /**
     * The log changes its voters before slots move, since a majority may have to wait for a new voter that has everything to read yet. It
     * is waited for in vain where a member does not answer, so not for long.
     */
    private boolean hasVoters(ControlState state) {
        long now = parts.clock().steadyMillis();
        if (topology.isSettled(state)) {
            unsettledSinceMillis = NEVER;
            return true;
        }
        unsettledSinceMillis = unsettledSinceMillis == NEVER ? now : unsettledSinceMillis;
        return now - unsettledSinceMillis >= VOTERS_MILLIS;
    }

    /**
     * Whoever leaves is removed once it holds nothing and the topology log has let go of its vote: gone before, two that leave would take
     * the majority along.
     */
    private boolean isDue(RemoveMember departure, ControlState state) {
        Member leaving = state.roster().member(departure.member());
        if (leaving == null || !leaving.draining() || !topology.isVoter(departure.member())) {
            return true;
        }
        long now = parts.clock().steadyMillis();
        if (!departure.member().equals(departing)) {
            departing = departure.member();
            departingSinceMillis = now;
        }
        return now - departingSinceMillis >= VOTERS_MILLIS;
    }

    private boolean isPlanDue(ControlState state) {
        return plannedIndex == state.index() || System.nanoTime() - planAgainAtNanos >= 0;
    }

    /** A plan follows from the state, so it is the same until that changes. */
    private TopologyPlan planOf(ControlState state) {
        TopologyPlan known = plan;
        if (known == null || plannedIndex != state.index()) {
            long beganNanos = System.nanoTime();
            known = TopologyPlanner.plan(state);
            long endedNanos = System.nanoTime();
            planAgainAtNanos = endedNanos
                    + Math.min(
                            REST_PER_PLAN * (endedNanos - beganNanos), TimeUnit.MILLISECONDS.toNanos(REST_MILLIS_MOST));
            plan = known;
            plannedIndex = state.index();
        }
        return known;
    }

    private void offer(ControlState state, ControlCommand command) {
        parts.metrics().topologyOffered();
        CompletionStage<AppendOutcome> offered = parts.control().offer(state, command);
        offering = true;
        offered.whenComplete((outcome, error) -> {
            failed = error != null;
            if (outcome instanceof AppendOutcome.Conflict) {
                parts.metrics().topologyConflicted();
            } else if (outcome instanceof AppendOutcome.Appended appended) {
                topology.appended(appended.index());
            }
            offering = false;
            thread.wake();
        });
    }

    void close() {
        thread.close();
    }
}
