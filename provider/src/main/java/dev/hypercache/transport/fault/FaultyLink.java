package dev.hypercache.transport.fault;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.ReplyHandler;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A link whose messages meet faults. */
final class FaultyLink implements PeerLink {

    private final FaultyTransport transport;
    private final PeerLink inner;
    private final FaultyWay requests;
    private final FaultyWay replies;
    /** At most {@code callsInFlightMax}. */
    private final Set<FaultyCall> pending = ConcurrentHashMap.newKeySet();

    private final AtomicInteger callsInFlight = new AtomicInteger();
    private volatile boolean closed;

    FaultyLink(FaultyTransport transport, PeerLink inner) {
        this.transport = transport;
        this.inner = inner;
        String self = transport.options().self().name();
        String peer = inner.peer().id().name();
        HeldBytes held = new HeldBytes(transport.options().bytesInFlightMax());
        FaultDice requestDice = transport.faults().dice(new Direction(self, peer), false);
        FaultDice replyDice = transport.faults().dice(new Direction(peer, self), true);
        requests = new FaultyWay(transport.line(), requestDice, held);
        replies = new FaultyWay(transport.line(), replyDice, held);
    }

    boolean isAround(PeerLink link) {
        return inner == link;
    }

    PeerLink inner() {
        return inner;
    }

    DelayLine line() {
        return transport.line();
    }

    @Override
    public Peer peer() {
        return inner.peer();
    }

    @Override
    public void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
        Objects.requireNonNull(handler, "handler");
        transport.requireFits(request);
        if (timeoutNanos < 1) {
            throw new IllegalArgumentException("timeoutNanos is " + timeoutNanos + ": it is 1 or more.");
        }
        if (isClosed()) {
            handler.onFailure(new CallFailure.Closed());
            return;
        }
        int callsMax = transport.options().callsInFlightMax();
        if (callsInFlight.incrementAndGet() > callsMax) {
            callsInFlight.decrementAndGet();
            handler.onFailure(new CallFailure.Overloaded("callsInFlightMax is " + callsMax));
            return;
        }
        FaultyCall call = new FaultyCall(this, request, lane, timeoutNanos, handler);
        pending.add(call);
        call.start();
        if (isClosed()) {
            call.fail(lost("the link was closed"));
        }
    }

    /** A call has its answer. */
    void ended(FaultyCall call) {
        pending.remove(call);
        callsInFlight.decrementAndGet();
    }

    @Override
    public boolean post(Frame message, int lane) {
        transport.requireFits(message);
        if (isClosed()) {
            return false;
        }
        FaultyPost post = new FaultyPost(() -> inner.post(message, lane));
        return passRequest(lane, message.length(), post) && post.wasAccepted();
    }

    /**
     * Takes a request or a post through the faults on its way to the peer.
     *
     * @return false if it had to be held back and too much is held already
     */
    boolean passRequest(int lane, long length, Passage passage) {
        return requests.pass(lane, length, passage);
    }

    /** Takes a reply through the faults on its way back. */
    boolean passReply(int lane, long length, Passage passage) {
        return replies.pass(lane, length, passage);
    }

    @Override
    public void reconnect() {
        renew();
        inner.reconnect();
        failPending("given up to connect anew");
    }

    @Override
    public void close() {
        closed = true;
        renew();
        transport.forget(this);
        inner.close();
        failPending("the link was closed");
    }

    private void renew() {
        requests.renew();
        replies.renew();
    }

    private boolean isClosed() {
        return closed || transport.isClosed();
    }

    void failPending(String detail) {
        for (FaultyCall call : pending) {
            call.fail(lost(detail));
        }
    }

    private static CallFailure lost(String detail) {
        return new CallFailure.ConnectionLost(true, detail);
    }
}
