package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;

/** A frame of the connection itself, which nobody waits for. */
final class Urgent extends Outgoing {

    private final long id;

    private Urgent(int opcode, int flags, int status, long id, Frame frame) {
        super(opcode, flags, status, frame);
        this.id = id;
    }

    /** A frame with these bytes behind its header. */
    static Urgent of(int opcode, int flags, int status, long id, ByteBuffer body) {
        Payload payload = body.hasRemaining() ? new Payload(body) : Payload.EMPTY;
        return new Urgent(opcode, flags, status, id, Frame.of(payload));
    }

    @Override
    long id() {
        return id;
    }
}
