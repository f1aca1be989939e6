package dev.hypercache.runtime.member;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.membership.MemberAdvice;
import dev.hypercache.spi.membership.MembershipListener;
import dev.hypercache.telemetry.NodeLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Advice on its way to the listener: one call at a time, outside of the lock under which it was found, so that a listener may
 * call the membership.
 *
 * <p>Of a member for which several pieces wait only the newest is told. Bounded by the members. Safe for use by any threads.
 */
final class AdviceBoard {

    private final Map<NodeId, MemberAdvice> waiting = new LinkedHashMap<>();
    private final NodeLog log;
    private @Nullable MembershipListener listener;
    private @Nullable Thread teller;
    private boolean closed;

    AdviceBoard(NodeLog log) {
        this.log = log;
    }

    /**
     * Says who is told.
     *
     * @throws IllegalStateException if somebody is, or if it was closed
     */
    synchronized void start(MembershipListener listener) {
        if (this.listener != null || closed) {
            throw new IllegalStateException("a membership is started once, and not after it was closed");
        }
        this.listener = listener;
    }

    synchronized boolean isStarted() {
        return listener != null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void put(MemberAdvice advice) {
        waiting.remove(advice.member());
        waiting.put(advice.member(), advice);
    }

    /** Nothing is said any more of those who are not among these. */
    synchronized void retain(Set<NodeId> members) {
        waiting.keySet().retainAll(members);
    }

    /** Tells what waits, unless another thread does so. */
    void tellAll() {
        if (!begin()) {
            return;
        }
        for (MemberAdvice advice = next(); advice != null; advice = next()) {
            tell(advice);
        }
    }

    private synchronized boolean begin() {
        boolean isIdle = teller == null && !waiting.isEmpty() && !closed && listener != null;
        if (isIdle) {
            teller = Thread.currentThread();
        }
        return isIdle;
    }

    private void tell(MemberAdvice advice) {
        try {
            MembershipListener told = listener();
            if (told != null) {
                told.onAdvice(advice);
            }
        } catch (RuntimeException broken) {
            log.error("membership")
                    .setCause(broken)
                    .log("Advice on a member could not be dealt with; please report this.");
        }
    }

    private synchronized @Nullable MembershipListener listener() {
        return listener;
    }

    /** The next piece; once there is none, nobody is telling any more. */
    private synchronized @Nullable MemberAdvice next() {
        if (closed || waiting.isEmpty()) {
            teller = null;
            notifyAll();
            return null;
        }
        NodeId first = waiting.keySet().iterator().next();
        return waiting.remove(first);
    }

    /** Ends it: once this returned nobody is told anything, unless it is called by the listener itself. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        boolean isInterrupted = false;
        while (teller != null && teller != Thread.currentThread()) {
            try {
                wait();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
