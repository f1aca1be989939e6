package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.PairMessage;
import dev.hypercache.core.repair.ReadRepair;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What other threads have for the comparison of this node's copies, until its own thread comes round.
 *
 * <p>Nobody waits here: whoever brings something may be inside a slot. Beyond {@link #MESSAGES_MAX} messages and {@link
 * #STALE_MAX} hints what comes is dropped and counted; the next cycle asks again. Safe for use by any threads.
 */
final class RepairInbox {

    /** The most messages that wait, some for each member of the largest ring. */
    static final int MESSAGES_MAX = 4_096;

    /** The most hints of readers that wait. */
    static final int STALE_MAX = ReadRepair.HINTS_MAX;

    private final RingMetrics metrics;
    private final ArrayBlockingQueue<Received> messages = new ArrayBlockingQueue<>(MESSAGES_MAX);
    private final ArrayBlockingQueue<ReadRepair.Stale> stale = new ArrayBlockingQueue<>(STALE_MAX);
    private final AtomicBoolean changed = new AtomicBoolean();

    private record Received(int from, PairMessage message) {}

    RepairInbox(RingMetrics metrics) {
        this.metrics = metrics;
    }

    /** Another member asks or answers. */
    void offer(int from, PairMessage message) {
        if (!messages.offer(new Received(from, message))) {
            metrics.frameRefused();
        }
    }

    /** A reader got less from a replica than was chosen. */
    void seen(ReadRepair.Stale hint) {
        if (!stale.offer(hint)) {
            metrics.readRepairDropped();
        }
    }

    /** This node leads another slot than before. */
    void leadershipChanged() {
        changed.set(true);
    }

    /** Whether {@link #leadershipChanged} was called since the last call. */
    boolean takeChange() {
        return changed.getAndSet(false);
    }

    /** Hands over what waits by now. */
    void drain(BiConsumer<Integer, PairMessage> toPairs, Consumer<ReadRepair.Stale> toReads) {
        for (int left = messages.size(); left > 0; left--) {
            Received one = messages.poll();
            if (one != null) {
                toPairs.accept(one.from(), one.message());
            }
        }
        for (int left = stale.size(); left > 0; left--) {
            ReadRepair.Stale one = stale.poll();
            if (one != null) {
                toReads.accept(one);
            }
        }
    }
}
