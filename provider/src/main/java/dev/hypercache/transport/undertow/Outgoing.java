package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.transport.undertow.wire.MuxHeader;

/**
 * A message that wants to leave on a connection. Subclasses follow what becomes of it.
 *
 * <p>Whoever takes it out of a queue calls {@link #claim} and, as that says, {@link #encoded} or {@link #unsent}; one of
 * the two is called, once.
 */
class Outgoing {

    private final int opcode;
    private final int flags;
    private final int status;
    private final Frame frame;

    Outgoing(int opcode, int flags, int status, Frame frame) {
        this.opcode = opcode;
        this.flags = flags;
        this.status = status;
        this.frame = frame;
    }

    final int opcode() {
        return opcode;
    }

    final int flags() {
        return flags;
    }

    final int status() {
        return status;
    }

    final Frame frame() {
        return frame;
    }

    /** The id in the header. */
    long id() {
        return 0;
    }

    /** The time that the peer is told, or 0 if none is. */
    long remainingNanos() {
        return 0;
    }

    /** It is about to leave: false if nobody wants that any more. */
    boolean claim() {
        return true;
    }

    /** Its bytes begin to leave. */
    void encoded() {}

    /** It will never leave. */
    void unsent() {}

    /** There is no connection, or not for this message. */
    void refused(CallFailure failure) {}

    /** What it costs of the bytes that may be under way, so that empty messages are bounded too. */
    final long cost() {
        return frame.length() + MuxHeader.BYTES;
    }
}
