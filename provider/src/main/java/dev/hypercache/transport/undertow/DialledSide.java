package dev.hypercache.transport.undertow;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.transport.undertow.wire.Challenge;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxException;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import dev.hypercache.transport.undertow.wire.Refusal;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The end that dialled: greets first, behind the challenge if it has signed its request; sends requests and messages, takes
 * replies, and asks for signs of life.
 *
 * <p>Misses are counted on the connection's own thread, which reads the answers, too: a thread that was busy, or a process
 * that slept, counts one miss and not all that it slept through.
 */
final class DialledSide implements Side {

    private final MuxConnection connection;
    private final MuxNode node;
    private final Stripe stripe;
    private final Hello mine;
    private final @Nullable FrameKeys keys;
    private final CallTable calls;
    private final AtomicBoolean checking = new AtomicBoolean();

    private volatile int messageBytesMax;
    private volatile @Nullable RemotePeer peer;
    private final long dialledNanos = System.nanoTime();
    private volatile long askedNanos = dialledNanos;
    private int misses;

    DialledSide(MuxConnection connection, Stripe stripe, Hello mine, @Nullable FrameKeys keys) {
        this.connection = connection;
        this.node = connection.node();
        this.stripe = stripe;
        this.mine = mine;
        this.keys = keys;
        this.calls = new CallTable(node.options().callsInFlightMax());
    }

    @Override
    public void begin() {
        if (keys == null) {
            greet();
        } else {
            connection.reader().awaitChallenge();
        }
    }

    private void greet() {
        connection.sendUrgently(MuxHeader.HELLO, 0, 0, 0, mine.encode());
    }

    @Override
    public boolean isMute() {
        return keys != null && !keys.isInForce();
    }

    @Override
    public boolean usesKey(String keyId) {
        return keys != null && keys.comeFrom(keyId);
    }

    @Override
    public void retired() {
        stripe.leaving(this);
    }

    MuxConnection connection() {
        return connection;
    }

    /** Whether something new may be begun. */
    boolean isOpen() {
        return !connection.isEnded()
                && !connection.isPeerLeaving()
                && !connection.retirement().hasBegun();
    }

    /**
     * Sends a message.
     *
     * @return null, or why it will not be sent: then the message still has to be told
     */
    @Nullable
    CallFailure send(Outgoing message) {
        if (message.frame().length() > messageBytesMax) {
            message.unsent();
            return new CallFailure.ConnectionLost(
                    false,
                    mine.target() + " accepts frames of " + messageBytesMax + " bytes, not of "
                            + message.frame().length());
        }
        PendingCall call = message instanceof PendingCall pending ? pending : null;
        if (call != null) {
            calls.add(call);
        }
        connection.send(message);
        boolean isLate = connection.isEnded() && (call == null || calls.take(call.id()) != null);
        return isLate && (call == null || !call.isSent())
                ? new CallFailure.ConnectionLost(false, "the connection with " + mine.target() + " broke")
                : isLate ? new CallFailure.ConnectionLost(true, "the connection broke") : null;
    }

    @Override
    public void take(int opcode, int flags, int status, long id, long timeoutNanos, ByteBuffer body)
            throws MuxException {
        misses = 0;
        boolean isResponse = (flags & MuxHeader.RESPONSE) != 0;
        switch (opcode) {
            case MuxHeader.CHALLENGE -> takeChallenge(flags, body);
            case MuxHeader.HELLO -> takeGreeting(flags, status, body);
            case MuxHeader.GOAWAY -> stripe.leaving(this);
            case MuxHeader.PING -> require(isResponse, "a ping of the side that was dialled");
            case MuxHeader.CALL -> {
                require(isResponse, "a request of the side that was dialled");
                takeReply(flags, status, id, body);
            }
            default -> takePost(flags, body);
        }
    }

    /** A member sends back to its clients, and to nobody else. */
    private void takePost(int flags, ByteBuffer body) throws MuxException {
        require(node.options().isClient(), "a message of the side that was dialled");
        require((flags & (MuxHeader.RESPONSE | MuxHeader.ERROR)) == 0, "a message that answers something");
        RemotePeer from = peer;
        if (from != null && !node.isLeaving() && !stripe.hasReplaced(this)) {
            node.listening().post(from, connection.reader().plain(body, flags).slice());
        }
    }

    private static void require(boolean isAllowed, String breach) throws MuxException {
        if (!isAllowed) {
            throw new MuxException(breach);
        }
    }

    private void takeChallenge(int flags, ByteBuffer body) throws MuxException {
        require(flags == 0, "a challenge with flags");
        byte[] challenge = Challenge.decode(body);
        FrameKeys with = keys;
        if (with == null || !with.protectDialled(connection, challenge)) {
            String why = with == null ? "nobody asked for a challenge" : with.absence();
            connection.end(EndCause.CLOSED, why, false);
            return;
        }
        greet();
        with.enterIntoForce();
    }

    private void takeReply(int flags, int status, long id, ByteBuffer body) throws MuxException {
        ByteBuffer reply = connection.reader().plain(body, flags);
        PendingCall call = calls.take(id);
        if (call == null) {
            return; // Answers a call that was given up.
        }
        try {
            if ((flags & MuxHeader.ERROR) == 0) {
                call.reply(reply.slice());
            } else if (status == MuxHeader.STATUS_OVERLOADED) {
                node.counters().overloaded();
                call.fail(new CallFailure.Overloaded("at " + mine.target()));
            } else {
                call.fail(new CallFailure.ConnectionLost(
                        true, "the reply exceeds the " + mine.messageBytesMax() + " bytes of frameBytesMax"));
            }
        } catch (RuntimeException | Error e) {
            Listening.report(e);
        }
    }

    private void takeGreeting(int flags, int status, ByteBuffer body) throws MuxException {
        require((flags & MuxHeader.RESPONSE) != 0, "a greeting that answers none");
        if ((flags & MuxHeader.ERROR) != 0) {
            refuse(Refusal.decode(status, body));
            return;
        }
        Hello theirs = Hello.decode(body);
        Refusal refusal = Refusal.of(mine, theirs);
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        messageBytesMax = theirs.messageBytesMax();
        node.compressOn(connection.outbox(), theirs.features());
        connection.reader().greeted();
        RemotePeer joined = new RemotePeer(theirs.node(), Role.MEMBER);
        peer = joined;
        node.joined(joined);
        stripe.opened(this);
    }

    private void refuse(Refusal refusal) {
        node.counters().refused();
        CallFailure failure = refusal.status() == Refusal.LEAVING
                ? new CallFailure.ConnectionLost(false, refusal.reason())
                : new CallFailure.Refused(refusal.reason());
        stripe.failed(this, failure);
        connection.end(EndCause.REFUSED, refusal.reason(), true);
    }

    @Override
    public void ended(EndCause cause, String detail) {
        String what = "the connection with " + mine.target() + " ended: " + detail;
        stripe.failed(this, new CallFailure.ConnectionLost(false, what));
        calls.drain(call -> {
            try {
                call.lost(what);
            } catch (RuntimeException | Error e) {
                Listening.report(e);
            }
        });
        if (cause == EndCause.BREACH) {
            node.counters().refused();
            node.journal().broken(connection.peerAddress(), detail);
        }
        RemotePeer joined = peer;
        if (joined != null) {
            node.left(joined, cause == EndCause.RESET);
        }
    }

    @Override
    public boolean readsOnlyWhenWritten() {
        return false; // The peer may wait for this side to read before it reads itself.
    }

    @Override
    public boolean tick(long nowNanos) {
        calls.expire(nowNanos);
        Retirement retirement = connection.retirement();
        if (retirement.hasBegun() && (retirement.isOver(nowNanos) || !isBusy())) {
            connection.end(EndCause.CLOSED, retirement.reason(), true);
        }
        if (peer == null) {
            if (nowNanos - dialledNanos > node.settings().helloNanos()) {
                connection.end(EndCause.SILENCE, "no greeting came back in time", false);
            }
        } else if (isQuiet(nowNanos) && checking.compareAndSet(false, true)) {
            connection.execute(this::checkLife);
        }
        return !calls.isEmpty();
    }

    private boolean isBusy() {
        boolean isOnlyWayBack = node.options().isClient() && !stripe.hasReplaced(this);
        return !calls.isEmpty() || !connection.outbox().isEmpty() || isOnlyWayBack;
    }

    private boolean isQuiet(long nowNanos) {
        long pingNanos = node.settings().pingNanos();
        return nowNanos - connection.heardNanos() >= pingNanos && nowNanos - askedNanos >= pingNanos;
    }

    private void checkLife() {
        checking.set(false);
        long now = System.nanoTime();
        if (connection.isEnded() || !isQuiet(now)) {
            return;
        }
        if (misses >= node.settings().missesMax()) {
            connection.end(EndCause.SILENCE, misses + " signs of life were asked for and none came", true);
            stripe.redial();
        } else {
            misses++;
            askedNanos = now;
            connection.sendUrgently(MuxHeader.PING, 0, 0, 0, MuxConnection.NOTHING);
        }
    }
}
