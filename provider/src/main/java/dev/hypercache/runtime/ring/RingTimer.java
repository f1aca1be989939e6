package dev.hypercache.runtime.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that comes round to slots with something due: every {@value #BUSY_MILLIS} ms to those that said so, and to all
 * every {@value #ALL_MILLIS} ms, for what time alone brings about, and when suspicions change.
 *
 * <p>It makes a round every {@value #TICK_MILLIS} ms and takes a part of the slots in each, since a look at every slot at once
 * would keep callers waiting; where a round takes long it pauses for longer. What it sends in one round leaves as one frame for each member.
 * While it pauses it comes to slots that wait to fill a copy as soon as there is room for one.
 */
final class RingTimer implements Runnable {

    static final int TICK_MILLIS = 10;
    static final int BUSY_MILLIS = 50;
    static final int ALL_MILLIS = 250;

    /** The timer rests for so many times as long as a round took. */
    private static final int PAUSE_PER_ROUND = 4;

    private static final int PAUSE_TICKS_MOST = 5;

    private final SlotCells cells;
    private final Runnable repair;
    private final PeerWatch watch;
    private final ChangeNews news;
    private final RingCounting counting;
    private final HintWatch hints;
    private final RingBounds bounds;
    private final GuardedMoves moves;
    private final DigestReads digests;
    private final Admission admission;
    private final NodeClock clock;
    private final MemberLinks links;
    private final RingFollower follower;
    private final Runnable membership;
    private final RingMetrics metrics;
    private final TickFailures failures;
    private final NodeThread thread;
    private int rounds;
    private volatile boolean newSuspicions;
    private volatile boolean hurried;

    RingTimer(String nodeName, SlotCells cells, RingChores chores, SlotHost host) {
        this.cells = cells;
        this.watch = host.watch();
        this.links = host.links();
        this.follower = chores.follower();
        this.membership = chores.membership();
        this.repair = chores.repair();
        this.news = host.news();
        this.counting = host.counting();
        this.hints = new HintWatch(host.hints(), links, host.clock(), host.log());
        this.bounds = host.bounds();
        this.moves = host.moves();
        this.digests = chores.digests();
        this.admission = chores.admission();
        this.clock = host.clock();
        this.metrics = host.metrics();
        this.failures = new TickFailures(
                metrics, host.log(), "tick", "The periodic work of a slot failed; it goes on with the next round.");
        this.thread = new NodeThread("hypercache-ring-" + nodeName, this);
        moves.whenFreed(thread::wake);
    }

    void start() {
        thread.start();
    }

    /** Makes a round at once. */
    void wake() {
        hurried = true;
        thread.wake();
    }

    /** Comes round to every slot at once. */
    void suspicionsChanged() {
        newSuspicions = true;
        wake();
    }

    @Override
    public void run() {
        while (!thread.isEnded()) {
            boolean all = newSuspicions;
            newSuspicions = false;
            hurried = false;
            long beganNanos = System.nanoTime();
            links.together(() -> round(all));
            long endedNanos = System.nanoTime();
            pauseUntil(endedNanos + pauseNanos(endedNanos - beganNanos));
        }
    }

    private void pauseUntil(long endNanos) {
        long left = endNanos - System.nanoTime();
        while (left > 0 && !hurried && !thread.isEnded()) {
            int slot = moves.nextWaiting();
            if (slot == GuardedMoves.NONE) {
                LockSupport.parkNanos(this, left);
            } else {
                tick(cells.cell(slot));
            }
            left = endNanos - System.nanoTime();
        }
    }

    /** Where processors are short a round takes long, and more rounds would take them from the callers. */
    private static long pauseNanos(long roundNanos) {
        long least = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        return Math.max(least, Math.min(PAUSE_PER_ROUND * roundNanos, PAUSE_TICKS_MOST * least));
    }

    private void round(boolean all) {
        metrics.ticked();
        rounds = rounds == Integer.MAX_VALUE ? 0 : rounds + 1;
        try {
            follower.tick();
            watch.tick(links);
            membership.run();
            news.tick();
            counting.tick();
            if (isTurnOf(0, ALL_MILLIS)) {
                hints.look();
                admission.tick(clock.steadyMillis());
            }
            digests.tick();
            bounds.tick(cells, watch.suspected());
        } catch (RuntimeException | Error e) {
            failures.failed(e);
        }
        for (int slot = 0; slot < cells.size() && !thread.isEnded(); slot++) {
            SlotCell cell = cells.cell(slot);
            if (all || isTurnOf(slot, ALL_MILLIS) || cell.isBusy() && isTurnOf(slot, BUSY_MILLIS)) {
                tick(cell);
            }
        }
        try {
            repair.run();
        } catch (RuntimeException | Error e) {
            failures.failed(e);
        }
    }

    private boolean isTurnOf(int slot, int everyMillis) {
        return (slot + rounds) % (everyMillis / TICK_MILLIS) == 0;
    }

    private void tick(SlotCell cell) {
        try {
            cell.tick();
        } catch (RuntimeException | Error e) {
            failures.failed(e);
        }
    }

    void close() {
        thread.close();
    }
}
