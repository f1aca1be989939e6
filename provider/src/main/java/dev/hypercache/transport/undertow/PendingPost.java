package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.transport.undertow.wire.MuxHeader;

/** A message without answer on its way out. */
final class PendingPost extends Outgoing {

    private final ByteBudget budget;

    PendingPost(ByteBudget budget, Frame message) {
        super(MuxHeader.POST, MuxHeader.ONEWAY, 0, message);
        this.budget = budget;
    }

    @Override
    void encoded() {
        budget.release(cost());
    }

    @Override
    void unsent() {
        budget.release(cost());
    }
}
