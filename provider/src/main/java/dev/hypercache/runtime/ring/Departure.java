package dev.hypercache.runtime.ring;

import dev.hypercache.telemetry.NodeLog;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A node's way out of its ring: others take over what it holds, for so long. Safe for use by any threads. */
final class Departure {

    private static final long LOOK_MILLIS = 10;
    /** So long too few others seem to be alive before they are taken to be. */
    private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long timeoutMillis;
    private final CountDownLatch removed = new CountDownLatch(1);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean noticed = new AtomicBoolean();
    private @Nullable Runnable whenExpelled;
    private boolean expelled;

    /** @param timeoutMillis how long it may take; 0 to take everything along */
    Departure(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    /** True the first time. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /** The ring has removed the node though it did not leave: true the first time. */
    boolean isNoticed() {
        return !begun.get() && noticed.compareAndSet(false, true);
    }

    /** Tells who waits for it that the node was expelled. */
    void tellExpelled() {
        Runnable told;
        synchronized (this) {
            expelled = true;
            told = whenExpelled;
        }
        if (told != null) {
            told.run();
        }
    }

    /** Who is told, at once if it has happened already. */
    void onExpelled(Runnable listener) {
        boolean isOut;
        synchronized (this) {
            whenExpelled = listener;
            isOut = expelled;
        }
        if (isOut) {
            listener.run();
        }
    }

    /** Whether anything is to be handed over at all. */
    boolean isGraceful() {
        return timeoutMillis > 0;
    }

    /** The ring has removed the node. */
    void removed() {
        removed.countDown();
    }

    /** Waits until the node has nothing more to hand over, or its time is over. */
    void await(RingSteward steward, SlotCells cells, NodeLog log) {
        steward.leave();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        long heardNanos = System.nanoTime();
        try {
            while (!removed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !steward.hasLeft()) {
                long now = System.nanoTime();
                heardNanos = steward.isLeftAlone() ? heardNanos : now;
                boolean isAlone = now - heardNanos >= ALONE_NANOS;
                if (now - end >= 0 || isAlone) {
                    tell(cells.held(), isAlone, log);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(int slots, boolean isAlone, NodeLog log) {
        if (slots == 0) {
            log.info("ring")
                    .log("The node handed over everything, and leaves before it has heard that the ring removed it.");
            return;
        }
        log.warn("ring")
                .addKeyValue("slots", slots)
                .addKeyValue("alone", isAlone)
                .log("The node did not hand over everything, since hypercache.leave.timeout was over or too few of"
                        + " those that stay are alive; they hold other replicas of what it takes with it, and go on"
                        + " when they find it dead.");
    }
}
