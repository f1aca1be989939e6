package dev.hypercache.spi.transport;

/** Answers one request. May be used by any thread, once; a second answer and one to a peer that is gone are dropped. */
public interface Responder {

    /**
     * Sends the reply.
     *
     * @param reply what to send
     * @throws IllegalArgumentException if the frame exceeds {@link TransportOptions#frameBytesMax}
     */
    void reply(Frame reply);

    /** Tells the peer that the request was not executed because too much is under way: {@link CallFailure.Overloaded} there. */
    void overloaded();
}
