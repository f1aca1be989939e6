package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.RequestFailedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls of this node's callers are under way, and who they are.
 *
 * <p>A call beyond the bound fails at once, before anything is sent: a node that takes in more than it can do only makes
 * everybody wait until the deadline. Safe for use by any threads.
 */
final class Admission {

    private record Call(PendingCall pending, boolean mutates) {}

    private final int callsMax;
    private final RingMetrics metrics;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param callsMax the most calls at a time, 1 or more
     */
    Admission(int callsMax, RingMetrics metrics) {
        this.callsMax = callsMax;
        this.metrics = metrics;
    }

    /** Does something with a call that is under way meanwhile. */
    interface Work {
        void run(PendingCall call);
    }

    /**
     * Lets a call in, and out again.
     *
     * @param requests how many requests it consists of
     * @throws RequestFailedException if too many are under way or the node is closed
     */
    PendingCall run(int requests, boolean mutates, Work work) {
        if (underWay.incrementAndGet() > callsMax) {
            underWay.decrementAndGet();
            metrics.requestRefused();
            throw new RequestFailedException(
                    "OVERLOADED",
                    "this node has " + callsMax + " operations under way already, and no more may begin; nothing was"
                            + " sent. Try again later, use fewer threads, or raise hypercache.requests.max");
        }
        Call call = new Call(new PendingCall(requests), mutates);
        calls.add(call);
        try {
            if (closed) {
                throw new RequestFailedException("CLOSED", "the node is closed; get a new cache manager");
            }
            work.run(call.pending());
        } finally {
            calls.remove(call);
            underWay.decrementAndGet();
        }
        return call.pending();
    }

    int underWay() {
        return underWay.get();
    }

    /** Lets nobody in any more, and lets those go who wait. */
    void close() {
        closed = true;
        for (Call call : calls) {
            call.pending().abandon(call.mutates(), "the node was closed");
        }
    }
}
