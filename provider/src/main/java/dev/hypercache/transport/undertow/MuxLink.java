package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.ReplyHandler;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to one peer: the bounds of what is under way, a stripe for each thread that serves connections, and one more for the lane of
 * {@link PeerLink#CONTROL_LANE}.
 */
final class MuxLink implements PeerLink {

    private final MuxNode node;
    private final Peer peer;
    private final Stripe[] stripes;
    private final int callsMax;
    private final long bytesMax;
    private final ByteBudget budget;
    private final ByteBudget controlBudget;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean closed;

    MuxLink(MuxNode node, Peer peer) {
        this.node = node;
        this.peer = peer;
        this.callsMax = Math.min(node.options().callsInFlightMax(), CallTable.CALLS_MAX);
        this.bytesMax = node.options().bytesInFlightMax();
        this.budget = new ByteBudget(bytesMax);
        this.controlBudget = new ByteBudget(bytesMax);
        this.stripes = new Stripe[node.settings().stripes()];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new Stripe(this, i);
        }
    }

    @Override
    public Peer peer() {
        return peer;
    }

    MuxNode node() {
        return node;
    }

    @Override
    public void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
        Objects.requireNonNull(handler, "handler");
        node.requireFits(request);
        if (timeoutNanos < 1) {
            throw new IllegalArgumentException("timeoutNanos is " + timeoutNanos + ": it is 1 or more.");
        }
        if (isClosed()) {
            handler.onFailure(new CallFailure.Closed());
            return;
        }
        if (calls.incrementAndGet() > callsMax) {
            calls.decrementAndGet();
            overloaded(handler, "callsInFlightMax is " + callsMax);
            return;
        }
        ByteBudget bytes = budgetOf(lane);
        PendingCall call = new PendingCall(this, bytes, request, System.nanoTime() + timeoutNanos, handler);
        if (!bytes.reserve(call.cost())) {
            calls.decrementAndGet();
            overloaded(handler, "bytesInFlightMax is " + bytesMax);
            return;
        }
        node.timer().arm();
        CallFailure failure = stripeOf(lane).send(call);
        if (failure != null) {
            call.refused(failure);
        }
    }

    private void overloaded(ReplyHandler handler, String limit) {
        node.counters().overloaded();
        handler.onFailure(new CallFailure.Overloaded(limit));
    }

    @Override
    public boolean post(Frame message, int lane) {
        node.requireFits(message);
        if (isClosed()) {
            return false;
        }
        ByteBudget bytes = budgetOf(lane);
        PendingPost post = new PendingPost(bytes, message);
        if (!bytes.reserve(post.cost())) {
            node.counters().overloaded();
            return false;
        }
        return stripeOf(lane).send(post) == null;
    }

    private ByteBudget budgetOf(int lane) {
        return lane == CONTROL_LANE ? controlBudget : budget;
    }

    private Stripe stripeOf(int lane) {
        return stripes[StripeOfLane.of(lane, stripes.length)];
    }

    /** A call's handler is about to be told. */
    void answered() {
        calls.decrementAndGet();
    }

    private boolean isClosed() {
        return closed || node.isLeaving();
    }

    /** Times out what is over; tells whether calls are pending. */
    boolean expire(long nowNanos) {
        boolean pending = false;
        for (Stripe stripe : stripes) {
            pending |= stripe.expire(nowNanos);
        }
        return pending;
    }

    @Override
    public void reconnect() {
        if (!isClosed()) {
            for (int i = 0; i < stripes.length; i++) {
                boolean isData = i < stripes.length - 1;
                if (isData || stripes[i].isUsed()) {
                    stripes[i].reconnect();
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        node.forget(this);
        end("the link was closed");
    }

    void end(String detail) {
        for (Stripe stripe : stripes) {
            stripe.close(detail);
        }
    }
}
