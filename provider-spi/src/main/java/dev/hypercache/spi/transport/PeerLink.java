package dev.hypercache.spi.transport;

import dev.hypercache.spi.Peer;

/**
 * The way to one peer, over as many connections as the transport likes.
 *
 * <p>Methods may be called by any thread. They do not wait for the network, but the calling thread may write to it.
 *
 * <p><b>Order.</b> Frames of one lane reach the peer in the order of the calls as long as no connection is lost between them.
 * Frames of different lanes may overtake each other.
 *
 * <p><b>Back-pressure.</b> Beyond the bounds of {@link TransportOptions} a call fails at once with {@link
 * CallFailure.Overloaded}; nothing queues without bound. Whether to wait and try again is the caller's choice.
 */
public interface PeerLink extends AutoCloseable {

    /**
     * The lane of what must not wait behind anything else, such as signs of life and what members agree on: however much a slow peer has
     * still to take on other lanes, frames of this one reach it soon. It has bounds of its own, as large as the others'.
     */
    int CONTROL_LANE = Integer.MIN_VALUE;

    /**
     * Returns whom this link reaches.
     *
     * @return the peer it was made for
     */
    Peer peer();

    /**
     * Sends a request and hands the reply, or what went wrong, to the handler, exactly once.
     *
     * @param request what to send
     * @param lane any number; equal numbers keep their order
     * @param timeoutNanos when to give up, counted from now, 1 or more. The peer learns it and drops the request once it is
     *     over
     * @param handler who gets the one answer; possibly called before this method returns
     * @throws IllegalArgumentException if the frame exceeds {@link TransportOptions#frameBytesMax} or the time is not positive
     */
    void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler);

    /**
     * Sends a message that nobody answers. It may be lost without a word.
     *
     * @param message what to send
     * @param lane any number; equal numbers keep their order, with those of calls too
     * @return false if the message was dropped at once: no connection, or too much under way
     * @throws IllegalArgumentException if the frame exceeds {@link TransportOptions#frameBytesMax}
     */
    boolean post(Frame message, int lane);

    /**
     * Gives up the connections, because the peer was silent for too long, and dials anew. Pending calls fail with {@link
     * CallFailure.ConnectionLost}.
     */
    void reconnect();

    /** Gives up the peer. Pending calls fail with {@link CallFailure.ConnectionLost}, later ones with {@link CallFailure.Closed}. */
    @Override
    void close();
}
