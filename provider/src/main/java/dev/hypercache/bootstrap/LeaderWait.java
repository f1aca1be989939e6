package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.telemetry.NodeLog;
import java.util.concurrent.TimeUnit;

/**
 * Lets the first caller of a new member wait until the slots have leaders, whatever the request timeout is: on a busy machine
 * that takes longer than a request may.
 */
final class LeaderWait {

    private static final long PAUSE_MILLIS = 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private LeaderWait() {}

    /** Waits, until nobody wants the node any more, and goes on in the end in any case: a majority of the other members may have died already. */
    static void await(MemberNode node, NodeLog log, Abandonment unwanted) {
        long startedNanos = System.nanoTime();
        int without = node.slotsWithoutLeader();
        while (without > 0 && !unwanted.isSaid() && !Thread.currentThread().isInterrupted()) {
            if (System.nanoTime() - startedNanos > PATIENCE_NANOS) {
                log.warn("ring")
                        .addKeyValue("slots", without)
                        .log("Slots have no leader still; see whether a majority of their replicas can be reached.");
                return;
            }
            unwanted.pause(PAUSE_MILLIS);
            without = node.slotsWithoutLeader();
        }
    }
}
