package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.transport.undertow.wire.MuxHeader;

/** A message without answer on its way out. */
final class PendingPost extends Outgoing {

    private final MuxLink link;

    PendingPost(MuxLink link, Frame message) {
        super(MuxHeader.POST, MuxHeader.ONEWAY, 0, message);
        this.link = link;
    }

    @Override
    void encoded() {
        link.release(cost());
    }

    @Override
    void unsent() {
        link.release(cost());
    }
}
