package dev.hypercache.transport.fault;

import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.ReplyHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way through the faults: once there as a request, perhaps twice, and back as a reply.
 *
 * <p>The first reply that gets through is the answer. A failure is the answer once every copy of the request has failed; a
 * message that is lost fails nothing, so that the caller waits until its time is over.
 */
final class FaultyCall implements ReplyHandler, Passage {

    private final FaultyLink link;
    private final Frame request;
    private final int lane;
    private final long timeoutNanos;
    private final long deadlineNanos;
    private final ReplyHandler handler;
    private final AtomicBoolean answered = new AtomicBoolean();

    // Guarded by this.
    private int copies = 1;
    private @Nullable CallFailure failure;
    private DelayLine.@Nullable Entry timeOut;

    FaultyCall(FaultyLink link, Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
        this.link = link;
        this.request = request;
        this.lane = lane;
        this.timeoutNanos = timeoutNanos;
        this.deadlineNanos = System.nanoTime() + timeoutNanos;
        this.handler = handler;
    }

    void start() {
        if (!link.passRequest(lane, request.length(), this)) {
            fail(new CallFailure.Overloaded("bytesInFlightMax, held back by faults"));
        }
    }

    @Override
    public void arrive() {
        // A request that comes too late brings its full time along: the peer cannot know how long it was held back.
        long remaining = deadlineNanos - System.nanoTime();
        link.inner().call(request, lane, remaining > 0 ? remaining : timeoutNanos, this);
    }

    @Override
    public synchronized void repeated() {
        copies++;
    }

    @Override
    public void held(long untilNanos) {
        if (untilNanos - deadlineNanos >= 0) {
            lose();
        }
    }

    /** Nobody but the clock ends this call, unless another copy does. */
    @Override
    public synchronized void lose() {
        if (timeOut == null && !answered.get()) {
            timeOut = link.line().add(deadlineNanos, () -> fail(new CallFailure.TimedOut(true)));
        }
    }

    @Override
    public void onReply(ByteBuffer reply) {
        ReplyPassage passage = new ReplyPassage(reply);
        if (!link.passReply(lane, reply.remaining(), passage)) {
            lose();
        }
    }

    @Override
    public void onFailure(CallFailure copyFailure) {
        CallFailure worst;
        synchronized (this) {
            copies--;
            // One copy that may have been executed leaves doubt, whatever became of the other.
            worst = failure == null || copyFailure.maybeExecuted() ? copyFailure : failure;
            failure = worst;
            if (copies > 0) {
                return;
            }
        }
        fail(worst);
    }

    void fail(CallFailure how) {
        if (end()) {
            handler.onFailure(how);
        }
    }

    private boolean end() {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        synchronized (this) {
            if (timeOut != null) {
                link.line().remove(timeOut);
                timeOut = null;
            }
        }
        link.ended(this);
        return true;
    }

    /** The reply on its way back. Its buffer is valid at once only; what is held back is copied. */
    private final class ReplyPassage implements Passage {

        private ByteBuffer reply;

        ReplyPassage(ByteBuffer reply) {
            this.reply = reply;
        }

        @Override
        public void held(long untilNanos) {
            ByteBuffer copy = ByteBuffer.allocate(reply.remaining());
            copy.put(reply.duplicate()).flip();
            reply = copy;
            if (untilNanos - deadlineNanos >= 0) {
                lose();
            }
        }

        @Override
        public void arrive() {
            if (deadlineNanos - System.nanoTime() > 0 && end()) {
                handler.onReply(reply);
            } else if (!answered.get()) {
                FaultyCall.this.lose();
            }
        }

        @Override
        public void lose() {
            FaultyCall.this.lose();
        }
    }
}
