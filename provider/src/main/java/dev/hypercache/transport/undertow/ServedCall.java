package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.util.concurrent.atomic.AtomicBoolean;

/** A peer's request, to be answered once. What its listener does not answer in time is forgotten. */
final class ServedCall implements Responder {

    private final AcceptedSide side;
    private final long id;
    private final long deadlineNanos;
    private final AtomicBoolean answered = new AtomicBoolean();

    ServedCall(AcceptedSide side, long id, long deadlineNanos) {
        this.side = side;
        this.id = id;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isAnswered() {
        return answered.get();
    }

    boolean isOver(long nowNanos) {
        return deadlineNanos - nowNanos <= 0;
    }

    @Override
    public void reply(Frame reply) {
        side.connection().node().requireFits(reply);
        if (answered.compareAndSet(false, true)) {
            side.answer(this, id, reply);
        }
    }

    @Override
    public void overloaded() {
        if (answered.compareAndSet(false, true)) {
            side.fail(this, id, MuxHeader.STATUS_OVERLOADED);
        }
    }
}
