package dev.hypercache.runtime.ring;

import dev.hypercache.telemetry.NodeLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that comes round to slots with something due: every {@value #TICK_MILLIS} ms to those that said so, and to all
 * every {@value #ALL_MILLIS} ms, for what time alone brings about, and when suspicions change. What it sends in one round leaves as one frame for each member.
 */
final class RingTimer implements Runnable {

    static final long TICK_MILLIS = 10;
    static final long ALL_MILLIS = 250;

    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;
    private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SlotCells cells;
    private final RepairLoop repair;
    private final PeerWatch watch;
    private final ExpiryNews news;
    private final HintWatch hints;
    private final RingBounds bounds;
    private final MemberLinks links;
    private final RingMetrics metrics;
    private final NodeLog log;
    private final Thread thread;
    private long loggedAtNanos = System.nanoTime() - LOG_PAUSE_NANOS;
    private long allAtNanos = System.nanoTime();
    private volatile boolean newSuspicions;
    private volatile boolean ended;

    RingTimer(String nodeName, SlotCells cells, RepairLoop repair, SlotHost host) {
        this.cells = cells;
        this.watch = host.watch();
        this.links = host.links();
        this.repair = repair;
        this.news = host.news();
        this.hints = new HintWatch(host.hints(), links.members(), host.clock(), host.log());
        this.bounds = host.bounds();
        this.metrics = host.metrics();
        this.log = host.log();
        this.thread = new Thread(this, "hypercache-ring-" + nodeName);
        thread.setDaemon(true);
        thread.setContextClassLoader(RingTimer.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Comes round to every slot at once. */
    void suspicionsChanged() {
        newSuspicions = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!ended) {
            boolean all = newSuspicions || isTimeForAll();
            newSuspicions = false;
            links.together(() -> round(all));
            if (!newSuspicions && !ended) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
            }
        }
    }

    private boolean isTimeForAll() {
        long now = System.nanoTime();
        if (now - allAtNanos < TimeUnit.MILLISECONDS.toNanos(ALL_MILLIS)) {
            return false;
        }
        allAtNanos = now;
        return true;
    }

    private void round(boolean all) {
        metrics.ticked();
        try {
            watch.tick(links);
            news.tick();
            if (all) {
                hints.look();
            }
            bounds.tick(cells, watch.suspected());
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        for (int slot = 0; slot < cells.size() && !ended; slot++) {
            SlotCell cell = cells.cell(slot);
            if (all || cell.isBusy()) {
                tick(cell);
            }
        }
        try {
            repair.tick();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void tick(SlotCell cell) {
        try {
            cell.tick();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        metrics.tickFailed();
        if (System.nanoTime() - loggedAtNanos < LOG_PAUSE_NANOS) {
            return; // What fails each round would fill the log; the metric counts on.
        }
        loggedAtNanos = System.nanoTime();
        log.error("tick").setCause(e).log("The periodic work of a slot failed; it goes on with the next round.");
    }

    void close() {
        ended = true;
        LockSupport.unpark(thread);
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
