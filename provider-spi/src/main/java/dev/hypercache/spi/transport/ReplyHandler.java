package dev.hypercache.spi.transport;

import java.nio.ByteBuffer;

/**
 * Takes the one answer to a call. Exactly one method is called, once, on a thread that may serve a connection: it returns
 * soon, never waits for another call, and does not throw.
 */
public interface ReplyHandler {

    /**
     * The peer replied within the time given. Late replies are dropped.
     *
     * @param reply the frame's bytes, big-endian; valid during this call only
     */
    void onReply(ByteBuffer reply);

    /**
     * There will be no reply.
     *
     * @param failure why, and whether the peer may have acted nevertheless
     */
    void onFailure(CallFailure failure);
}
