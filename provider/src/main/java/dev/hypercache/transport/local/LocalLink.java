package dev.hypercache.transport.local;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.ReplyHandler;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One node's way to a peer: the bounds of what is under way, and at most one connection at a time. */
final class LocalLink implements PeerLink {

    private final LocalNode source;
    private final Peer peer;
    private final AtomicInteger callsInFlight = new AtomicInteger();
    private final BytesUnderWay bytesUnderWay;

    private volatile @Nullable LocalConnection connection;
    private volatile boolean closed;

    LocalLink(LocalNode source, Peer peer) {
        this.source = source;
        this.peer = peer;
        this.bytesUnderWay = new BytesUnderWay(source.options().bytesInFlightMax());
    }

    @Override
    public Peer peer() {
        return peer;
    }

    LocalNode source() {
        return source;
    }

    @Override
    public void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
        Objects.requireNonNull(handler, "handler");
        source.requireFits(request);
        if (timeoutNanos < 1) {
            throw new IllegalArgumentException("timeoutNanos is " + timeoutNanos + ": it is 1 or more.");
        }
        CallFailure failure = send(request, lane, timeoutNanos, handler);
        if (failure != null) {
            handler.onFailure(failure);
        }
    }

    private @Nullable CallFailure send(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
        CallFailure failure = connect(request);
        LocalConnection current = connection;
        if (failure != null || current == null) {
            return failure != null ? failure : lostMeanwhile();
        }
        if (callsInFlight.incrementAndGet() > source.options().callsInFlightMax()) {
            callsInFlight.decrementAndGet();
            return new CallFailure.Overloaded(
                    "callsInFlightMax is " + source.options().callsInFlightMax());
        }
        if (!bytesUnderWay.reserve(request)) {
            callsInFlight.decrementAndGet();
            return new CallFailure.Overloaded(
                    "bytesInFlightMax is " + source.options().bytesInFlightMax());
        }
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        current.send(new LocalCall(current, source.copy(request), lane, deadlineNanos, handler));
        return null;
    }

    @Override
    public boolean post(Frame message, int lane) {
        source.requireFits(message);
        if (connect(message) != null) {
            return false;
        }
        LocalConnection current = connection;
        if (current == null || !bytesUnderWay.reserve(message)) {
            return false;
        }
        current.target().deliver(lane, new LocalPost(current, false, bytesUnderWay, source.copy(message)));
        return true;
    }

    private @Nullable CallFailure connect(Frame frame) {
        if (isClosed()) {
            return new CallFailure.Closed();
        }
        CallFailure failure = isConnected() ? null : source.switchboard().dial(this);
        LocalConnection current = connection;
        if (failure != null || current == null) {
            return failure;
        }
        int accepted = current.target().options().frameBytesMax();
        return frame.length() <= accepted
                ? null
                : new CallFailure.ConnectionLost(
                        false, peer.id() + " accepts frames of " + accepted + " bytes, not of " + frame.length());
    }

    private CallFailure lostMeanwhile() {
        return new CallFailure.ConnectionLost(false, "the connection with " + peer.id() + " broke");
    }

    /** The peer has taken a frame of this link. */
    void taken(int length) {
        bytesUnderWay.taken(length);
    }

    /** A call's handler is about to be told. */
    void answered() {
        callsInFlight.decrementAndGet();
    }

    boolean hasFramesUnderWay() {
        return !bytesUnderWay.isEmpty();
    }

    boolean isClosed() {
        return closed || !source.isOpen();
    }

    boolean isConnected() {
        LocalConnection current = connection;
        return current != null && current.isOpen();
    }

    @Nullable
    LocalConnection connection() {
        return connection;
    }

    /** The switchboard connected this link. */
    void connected(LocalConnection made) {
        connection = made;
    }

    @Override
    public void reconnect() {
        source.switchboard().disconnect(this, "given up to connect anew");
        if (!isClosed()) {
            CallFailure unused =
                    source.switchboard().dial(this); // The next frame meets the same failure and reports it.
        }
    }

    @Override
    public void close() {
        closed = true;
        source.forget(this);
        source.switchboard().disconnect(this, "the link was closed");
    }
}
