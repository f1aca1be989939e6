package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;

/** A frame of the connection itself, which nobody waits for. */
final class Urgent extends Outgoing {

    private final long id;

    Urgent(int opcode, int flags, int status, long id, Frame frame) {
        super(opcode, flags, status, frame);
        this.id = id;
    }

    @Override
    long id() {
        return id;
    }
}
