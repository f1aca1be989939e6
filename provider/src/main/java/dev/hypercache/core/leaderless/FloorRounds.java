package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.Cut;
import dev.hypercache.core.message.CutReady;
import dev.hypercache.core.message.Floor;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.ring.MemberSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * When the traces of removals may go: once every holder has everything up to a stamp.
 *
 * <p>The first replica that is not suspected asks whether everybody is ready for a cut some time ago; another one does if it
 * holds traces and was not asked for some time, since it may have missed the last floor. A holder is when it
 * writes nothing up to there any more, every other holder has confirmed what it holds up to there, and both know the same
 * holders; one whose copy is being filled is not. When all have said so, no message under way can bring anything older that
 * is not superseded where it arrives: from then on a key of which nothing is held refuses what is not above the cut, and
 * what was only held to stand in the way of older versions goes. A holder that cannot be asked holds this up until it is
 * replaced.
 */
final class FloorRounds {

    /** Longer than writes are under way as a rule. */
    private static final long ROUND_MILLIS = 900;
    /** How often a cut is asked for: whose clock is behind agrees to it later. */
    private static final int ROUNDS_MAX = 5;

    private final LeaderlessContext context;
    private final Spread spread;
    private final Comparing comparing;
    private final Map<Integer, Long> ready = new TreeMap<>();
    /** How far the clock was in the last round; wall clocks may stand still or go back, and what was written gets old. */
    private long next;

    private long cut;
    private int rounds;
    private long askedAtMillis = DirtySet.NEVER;
    private long timeAskedAtMillis = DirtySet.NEVER;

    FloorRounds(LeaderlessContext context, Spread spread, Comparing comparing) {
        this.context = context;
        this.spread = spread;
        this.comparing = comparing;
    }

    void reconfigured() {
        ready.clear();
        cut = 0;
    }

    void tick() {
        long now = context.nowMillis();
        long patience = isFirst() ? ROUND_MILLIS : 3 * ROUND_MILLIS;
        if (now - askedAtMillis < patience
                || context.copy().tombstones() == 0
                || !context.copy().isComplete()) {
            return;
        }
        askedAtMillis = now;
        if (cut == 0 || ++rounds >= ROUNDS_MAX) {
            begin();
        }
        if (cut == 0) {
            return;
        }
        List<Integer> holders = holders();
        for (int holder : holders) {
            if (holder != context.self()) {
                context.send(holder, new Cut(context.slot(), context.own(), holders, cut));
            }
        }
        completeIfAllAreReady();
    }

    private void begin() {
        ready.clear();
        rounds = 0;
        long latest = Math.min(next, HybridClock.stampOf(context.timeMillis() + 1) - 1);
        cut = latest > context.copy().floor() ? latest : 0;
        next = context.latestStamp();
    }

    private boolean isFirst() {
        for (int elector : context.configuration().electors().toArray()) {
            if (elector == context.self() || !context.isSuspected(elector)) {
                return elector == context.self();
            }
        }
        return false;
    }

    private List<Integer> holders() {
        MemberSet holders = context.configuration().holders();
        return Arrays.stream(holders.toArray()).boxed().collect(Collectors.toList());
    }

    /** Somebody asks whether this holder is ready for a cut. */
    void on(int from, Cut asked) {
        context.heard(from, asked.holder());
        Set<Integer> holders = new HashSet<>(holders());
        boolean isAgreed = asked.holder().epoch() == context.configuration().epoch()
                && holders.equals(new HashSet<>(asked.holders()))
                && context.copy().isComplete();
        askedAtMillis = context.nowMillis();
        long ready = isAgreed && isReady(asked.stamp()) ? asked.stamp() : CutReady.NOT;
        context.send(from, new CutReady(context.slot(), context.own(), ready)); // Also tells the time here.
    }

    /** Whether everybody has what is held here up to a stamp; nothing is written up to there from now on. */
    private boolean isReady(long stamp) {
        if (HybridClock.millisOf(stamp) > context.timeMillis() || !context.observe(stamp)) {
            askForTime();
            return false;
        }
        context.promise(stamp);
        return spread.isEverywhere(HybridVersion.lastOf(stamp));
    }

    /** The asker's time is not the one known here: some clock may not have been heard of since it was set. */
    private void askForTime() {
        if (context.nowMillis() - timeAskedAtMillis >= ROUND_MILLIS) {
            timeAskedAtMillis = context.nowMillis();
            comparing.compareAll();
        }
    }

    /** A holder is ready for a cut. */
    void on(int from, CutReady answer) {
        context.heard(from, answer.holder());
        if (answer.stamp() != cut
                || cut == 0
                || answer.holder().epoch() != context.configuration().epoch()) {
            return;
        }
        ready.put(from, answer.holder().copy());
        completeIfAllAreReady();
    }

    /** This holder promises last: an idea of the time that nobody shares binds nobody. */
    private void completeIfAllAreReady() {
        List<Integer> others = holders();
        others.remove((Integer) context.self());
        if (!ready.keySet().containsAll(others) || !isReady(cut)) {
            return;
        }
        for (int holder : others) {
            long copy = ready.getOrDefault(holder, 0L);
            context.send(holder, new Floor(context.slot(), context.to(copy), cut));
        }
        raise(cut);
        cut = 0;
    }

    /** Every holder is ready: the floor rises. */
    void on(int from, Floor floor) {
        context.heard(from, floor.holder());
        boolean isMine = context.isMeant(floor.holder()) && context.copy().isComplete();
        if (isMine
                && floor.stamp() <= context.promised()
                && floor.stamp() > context.copy().floor()) {
            raise(floor.stamp());
        }
    }

    private void raise(long stamp) {
        context.copy().raiseFloor(stamp);
        context.happened(LeaderlessEvent.LEADERLESS_FLOOR_RAISED);
    }
}
