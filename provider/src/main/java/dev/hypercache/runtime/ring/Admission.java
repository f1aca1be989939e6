package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.RequestFailedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls of this node's callers are under way, and which.
 *
 * <p>A call beyond the bound fails at once, before anything is sent: a node that takes in more than it can do only makes
 * everybody wait until the deadline. Safe for use by any threads.
 */
final class Admission {

    private final int callsMax;
    private final RingMetrics metrics;
    private final Continuations continuations;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Set<PendingCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param callsMax the most calls at a time, 1 or more
     */
    Admission(String nodeName, int callsMax, RingMetrics metrics) {
        this.callsMax = callsMax;
        this.metrics = metrics;
        this.continuations = new Continuations(nodeName, callsMax);
    }

    /** Does something with a call that is under way meanwhile. */
    interface Work {
        void run(PendingCall call);
    }

    /**
     * Lets a call of the calling thread in, and out again.
     *
     * @param requests how many requests it consists of
     * @throws RequestFailedException if too many are under way or the node is closed
     */
    PendingCall run(int requests, boolean mutates, Work work) {
        PendingCall call = new PendingCall(requests, mutates);
        begin(call);
        try {
            work.run(call);
        } finally {
            end(call);
        }
        return call;
    }

    /**
     * Lets a call in.
     *
     * @throws RequestFailedException if too many are under way or the node is closed
     */
    void begin(PendingCall call) {
        if (underWay.incrementAndGet() > callsMax) {
            underWay.decrementAndGet();
            metrics.requestRefused();
            throw new RequestFailedException(
                    "OVERLOADED",
                    "this node has " + callsMax + " operations under way already, and no more may begin; nothing was"
                            + " sent. Try again later, use fewer threads or fewer calls that nobody waits for, or raise"
                            + " hypercache.requests.max");
        }
        calls.add(call);
        if (closed && call.withdraw()) {
            end(call);
            throw new RequestFailedException("CLOSED", "the node is closed; get a new cache manager");
        }
    }

    /** Lets a call out. */
    void end(PendingCall call) {
        if (calls.remove(call)) {
            underWay.decrementAndGet();
        }
    }

    /** A call that no thread waits for has ended and is let out; the rest runs on another thread. */
    void endThen(PendingCall call, Runnable rest) {
        continuations.execute(() -> {
            end(call);
            rest.run();
        });
    }

    int underWay() {
        return underWay.get();
    }

    /** Gives up on calls that no thread waits for and that nobody came round to. */
    void tick(long nowMillis) {
        for (PendingCall call : calls) {
            if (call.isOverdue(nowMillis)) {
                call.abandon("the node did not come round to the request");
            }
        }
    }

    /** Lets nobody in any more, and lets those go who wait. */
    void close() {
        closed = true;
        for (PendingCall call : calls) {
            call.abandon("the node was closed");
        }
        continuations.close();
    }
}
