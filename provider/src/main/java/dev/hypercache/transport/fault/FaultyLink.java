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
import java.util.concurrent.atomic.AtomicLong;

/** A link whose messages meet faults. */
final class FaultyLink implements PeerLink {

    private static final int HEADER_BYTES = 16;

    private final FaultyTransport transport;
    private final PeerLink inner;
    private final FaultDice requestDice;
    private final FaultDice replyDice;
    /** At most {@code callsInFlightMax}. */
    private final Set<FaultyCall> pending = ConcurrentHashMap.newKeySet();

    private final AtomicInteger callsInFlight = new AtomicInteger();
    private final AtomicLong bytesHeld = new AtomicLong();
    private volatile Lanes lanes = new Lanes();
    private volatile boolean closed;

    FaultyLink(FaultyTransport transport, PeerLink inner) {
        this.transport = transport;
        this.inner = inner;
        String self = transport.options().self().name();
        String peer = inner.peer().id().name();
        requestDice = transport.faults().dice(new Direction(self, peer), false);
        replyDice = transport.faults().dice(new Direction(peer, self), true);
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
        requireFits(request);
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
        requireFits(message);
        if (isClosed()) {
            return false;
        }
        FaultyPost post = new FaultyPost(inner, message, lane);
        return passRequest(lane, message.length(), post) && post.wasAccepted();
    }

    /**
     * Takes a request or a post through the faults on its way to the peer.
     *
     * @return false if it had to be held back and too much is held already
     */
    boolean passRequest(int lane, long length, Passage passage) {
        return pass(requestDice, lanes.requests, lane, length, passage);
    }

    /** Takes a reply through the faults on its way back. */
    boolean passReply(int lane, long length, Passage passage) {
        return pass(replyDice, lanes.replies, lane, length, passage);
    }

    private boolean pass(FaultDice dice, LaneOrder order, int lane, long length, Passage passage) {
        FaultDice.Roll roll = dice.roll();
        if (roll.lost()) {
            passage.lose();
            return true;
        }
        if (roll.twice()) {
            passage.repeated();
        }
        long now = System.nanoTime();
        long leaves = roll.behind() ? now + roll.delayNanos() : order.place(lane, now, roll.delayNanos());
        Runnable gone = roll.behind() ? () -> {} : () -> order.left(lane);
        if (leaves == now) {
            passage.arrive();
        } else if (!hold(dice, leaves, length, passage, gone)) {
            return false;
        }
        if (roll.twice()) {
            repeat(dice, leaves + roll.copyNanos(), length, passage);
        }
        return true;
    }

    private void repeat(FaultDice dice, long leaves, long length, Passage passage) {
        if (leaves - System.nanoTime() <= 0) {
            passage.arrive();
        } else if (!hold(dice, leaves, length, passage, () -> {})) {
            passage.lose();
        }
    }

    private boolean hold(FaultDice dice, long leaves, long length, Passage passage, Runnable gone) {
        long cost = length + HEADER_BYTES;
        long held = bytesHeld.addAndGet(cost);
        if (held > transport.options().bytesInFlightMax() && held != cost) {
            bytesHeld.addAndGet(-cost);
            gone.run();
            return false;
        }
        passage.held(leaves);
        Lanes connection = lanes;
        DelayLine.Entry unused = line().add(leaves, () -> {
            try {
                arrive(dice, connection, passage);
            } finally {
                bytesHeld.addAndGet(-cost);
                gone.run();
            }
        });
        return true;
    }

    private void arrive(FaultDice dice, Lanes connection, Passage passage) {
        if (connection != lanes || dice.isLostLate()) {
            passage.lose();
        } else {
            passage.arrive();
        }
    }

    @Override
    public void reconnect() {
        lanes = new Lanes();
        inner.reconnect();
        failPending("given up to connect anew");
    }

    @Override
    public void close() {
        closed = true;
        lanes = new Lanes();
        transport.forget(this);
        inner.close();
        failPending("the link was closed");
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

    private void requireFits(Frame frame) {
        int most = transport.options().frameBytesMax();
        if (frame.length() > most) {
            throw new IllegalArgumentException("The frame has " + frame.length() + " bytes, but frameBytesMax is "
                    + most + ". Send it in chunks.");
        }
    }

    /** The order of lanes on one connection; what is held back when another one begins is lost. */
    private static final class Lanes {

        private final LaneOrder requests = new LaneOrder();
        private final LaneOrder replies = new LaneOrder();
    }
}
