package dev.hypercache.transport.fault;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;

/** A post on its way through the faults. */
final class FaultyPost implements Passage {

    private final PeerLink link;
    private final Frame message;
    private final int lane;
    private volatile boolean refused;

    FaultyPost(PeerLink link, Frame message, int lane) {
        this.link = link;
        this.message = message;
        this.lane = lane;
    }

    @Override
    public void arrive() {
        if (!link.post(message, lane)) {
            refused = true;
        }
    }

    @Override
    public void lose() {}

    /** False if it arrived at once and the link dropped it; what is held back or lost counts as accepted. */
    boolean wasAccepted() {
        return !refused;
    }
}
