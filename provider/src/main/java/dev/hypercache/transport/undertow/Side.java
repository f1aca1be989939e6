package dev.hypercache.transport.undertow;

import dev.hypercache.transport.undertow.wire.MuxException;
import java.nio.ByteBuffer;

/** What one end of a connection does with what arrives. Called on the connection's thread. */
interface Side {

    /** The connection begins; called once, before anything is read. */
    void begin();

    /** Whether nothing may be said yet, since the keys of the connection are not in force; asked by any thread. */
    boolean isMute();

    /** Whether the keys of the connection come from the named one; asked by any thread. */
    boolean usesKey(String keyId);

    /** The connection makes room for a new one: its {@link Retirement} has begun. Called by any thread. */
    void retired();

    /**
     * A whole message, or a frame without chunks.
     *
     * @param timeoutNanos how long the peer still waits for an answer; 0 if it wants none
     */
    void take(int opcode, int flags, int status, long id, long timeoutNanos, ByteBuffer body) throws MuxException;

    /** The connection is gone; called once. */
    void ended(EndCause cause, String detail);

    /** Time has passed; called by the transport's timer. Tells whether calls are pending. */
    boolean tick(long nowNanos);

    /** Whether what the peer does not take must keep this node from reading more. */
    boolean readsOnlyWhenWritten();
}
