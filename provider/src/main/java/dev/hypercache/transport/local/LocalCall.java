package dev.hypercache.transport.local;

import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Responder;
import java.nio.ByteBuffer;

/**
 * A request on its way to the peer, then the peer's means to answer it.
 *
 * <p>The right to answer is claimed when the answer is sent, and the answer is told on the caller's thread for the call's
 * lane: a reply that left in time counts even if it is served later.
 */
final class LocalCall implements Delivery, Responder {

    private static final byte[] TAKEN = new byte[0];

    private final LocalConnection connection;
    private final int lane;
    private final long deadlineNanos;
    private final ReplyHandler handler;
    private byte[] request;

    LocalCall(LocalConnection connection, byte[] request, int lane, long deadlineNanos, ReplyHandler handler) {
        this.connection = connection;
        this.request = request;
        this.lane = lane;
        this.deadlineNanos = deadlineNanos;
        this.handler = handler;
    }

    int lane() {
        return lane;
    }

    long remainingNanos(long nowNanos) {
        return deadlineNanos - nowNanos;
    }

    @Override
    public void deliver() {
        long remaining = remainingNanos(System.nanoTime());
        try {
            LocalNode target = connection.target();
            ByteBuffer bytes = ByteBuffer.wrap(request);
            if (remaining > 0 && connection.delivers(target) && connection.admits(bytes)) {
                target.listener().onCall(connection.source().asPeer(), bytes, remaining, this);
            }
        } finally {
            take();
        }
    }

    @Override
    public void abandon() {
        take();
    }

    private void take() {
        byte[] taken = request;
        request = TAKEN;
        Delivery.spoil(taken);
        connection.link().taken(taken.length);
    }

    @Override
    public void reply(Frame reply) {
        connection.target().requireFits(reply);
        int accepted = connection.source().options().frameBytesMax();
        if (reply.length() > accepted) {
            fail(new CallFailure.ConnectionLost(
                    true, "the reply has " + reply.length() + " bytes, but frameBytesMax is " + accepted));
        } else if (connection.isPending(this)) {
            Answer answer = new Reply(connection.target().copy(reply));
            send(answer);
        }
    }

    @Override
    public void overloaded() {
        fail(new CallFailure.Overloaded("at " + connection.target().self()));
    }

    void fail(CallFailure failure) {
        send(new Failure(failure));
    }

    private void send(Answer answer) {
        if (connection.claim(this)) {
            connection.source().deliver(lane, answer);
        }
    }

    /** What the caller is told, also by whoever finds it after the caller's threads have ended. */
    private abstract class Answer implements Delivery {

        @Override
        public final void deliver() {
            connection.link().answered();
            tell();
        }

        @Override
        public final void abandon() {
            deliver();
        }

        abstract void tell();
    }

    private final class Reply extends Answer {

        private final byte[] bytes;

        Reply(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        void tell() {
            try {
                handler.onReply(ByteBuffer.wrap(bytes));
            } finally {
                Delivery.spoil(bytes);
            }
        }
    }

    private final class Failure extends Answer {

        private final CallFailure failure;

        Failure(CallFailure failure) {
            this.failure = failure;
        }

        @Override
        void tell() {
            handler.onFailure(failure);
        }
    }
}
