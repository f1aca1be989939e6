package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call from the moment it is made until its handler is told.
 *
 * <p>Two things happen once each, in any order and on any threads: its request leaves or never will, and its handler is told.
 */
final class PendingCall extends Outgoing {

    private static final int SENT = 1;
    private static final int ANSWERED = 1 << 1;

    private final MuxLink link;
    private final ByteBudget budget;
    private final ReplyHandler handler;
    private final long deadlineNanos;
    private final AtomicInteger state = new AtomicInteger();
    /** Written before the call is published in the table of its connection. */
    private long id;

    PendingCall(MuxLink link, ByteBudget budget, Frame request, long deadlineNanos, ReplyHandler handler) {
        super(MuxHeader.CALL, 0, 0, request);
        this.link = link;
        this.budget = budget;
        this.deadlineNanos = deadlineNanos;
        this.handler = handler;
    }

    @Override
    long id() {
        return id;
    }

    void number(long given) {
        id = given;
    }

    @Override
    long remainingNanos() {
        return Math.max(1, deadlineNanos - System.nanoTime());
    }

    boolean isOver(long nowNanos) {
        return deadlineNanos - nowNanos <= 0;
    }

    @Override
    boolean claim() {
        return state.compareAndSet(0, SENT);
    }

    @Override
    void encoded() {
        budget.release(cost());
    }

    @Override
    void unsent() {
        budget.release(cost());
    }

    @Override
    void refused(CallFailure failure) {
        fail(failure);
    }

    boolean isSent() {
        return (state.get() & SENT) != 0;
    }

    private boolean answer() {
        int seen = state.get();
        while ((seen & ANSWERED) == 0) {
            if (state.compareAndSet(seen, seen | ANSWERED)) {
                link.answered();
                return true;
            }
            seen = state.get();
        }
        return false;
    }

    void reply(ByteBuffer reply) {
        if (answer()) {
            handler.onReply(reply);
        }
    }

    void fail(CallFailure failure) {
        if (answer()) {
            handler.onFailure(failure);
        }
    }

    /** The connection is gone. The answer comes first, so that what has not left yet never does. */
    void lost(String detail) {
        if (answer()) {
            handler.onFailure(new CallFailure.ConnectionLost(isSent(), detail));
        }
    }

    void timeOut() {
        if (answer()) {
            handler.onFailure(new CallFailure.TimedOut(isSent()));
        }
    }
}
