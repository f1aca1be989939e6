package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxException;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import dev.hypercache.transport.undertow.wire.Refusal;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The end that was dialled: challenges who has signed the request for the connection, serves requests and messages, answers pings.
 *
 * <p>A request that is not answered at once is kept until it is, or until its time is over; beyond the bound of calls in
 * flight further ones are answered as overloaded, so that pings still get through.
 */
final class AcceptedSide implements Side {

    private final MuxConnection connection;
    private final MuxNode node;
    private final PeerRights rights;
    private final @Nullable FrameKeys keys;
    private final long acceptedNanos = System.nanoTime();
    /** At most {@code callsInFlightMax}. */
    private final Set<ServedCall> unanswered = ConcurrentHashMap.newKeySet();

    private volatile @Nullable RemotePeer peer;
    private volatile @Nullable Hello theirs;
    /** Whether the peer has another connection in this place: no more is served here, but what is may still be answered. */
    private volatile boolean replaced;

    AcceptedSide(MuxConnection connection, @Nullable FrameKeys keys) {
        this.connection = connection;
        this.node = connection.node();
        this.rights = new PeerRights(connection);
        this.keys = keys;
    }

    @Override
    public void begin() {
        FrameKeys with = keys;
        if (with == null) {
            return;
        }
        byte[] challenge = with.newChallenge();
        if (!with.protectAccepted(connection, challenge)) {
            node.counters().refused();
            node.journal().refused(connection.peerAddress(), with.absence());
            connection.end(EndCause.REFUSED, with.absence(), false);
            return;
        }
        connection.sendUrgently(MuxHeader.CHALLENGE, 0, 0, 0, ByteBuffer.wrap(challenge));
        with.enterIntoForce();
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
        // The peer learns of it and dials anew.
    }

    MuxConnection connection() {
        return connection;
    }

    @Override
    public void take(int opcode, int flags, int status, long id, long timeoutNanos, ByteBuffer body)
            throws MuxException {
        if ((flags & (MuxHeader.RESPONSE | MuxHeader.ERROR)) != 0) {
            throw new MuxException("an answer of the side that dialled");
        }
        switch (opcode) {
            case MuxHeader.HELLO -> takeGreeting(body);
            case MuxHeader.CALL -> takeCall(flags, id, timeoutNanos, body);
            case MuxHeader.POST -> takePost(flags, body);
            case MuxHeader.PING ->
                connection.sendUrgently(MuxHeader.PING, MuxHeader.RESPONSE, 0, id, MuxConnection.NOTHING);
            default -> {
                // A good-bye: the peer closes when it is done.
            }
        }
    }

    private void takeGreeting(ByteBuffer body) throws MuxException {
        Hello hello = Hello.decode(body);
        Hello mine = node.hello(hello.stripe(), null);
        rights.requireSelf(hello);
        Refusal refusal = node.isLeaving()
                ? new Refusal(Refusal.LEAVING, mine.node() + " is about to leave")
                : Refusal.of(mine, hello);
        if (refusal != null) {
            rights.refused(refusal);
            int flags = MuxHeader.RESPONSE | MuxHeader.ERROR;
            connection.sendUrgently(MuxHeader.HELLO, flags, refusal.status(), 0, refusal.encode());
            connection.end(EndCause.REFUSED, refusal.reason(), true);
            return;
        }
        theirs = hello;
        replace(node.accepted().admit(hello, this));
    }

    /**
     * The same peer had a connection in this place: its frames are done with before those of this one begin. If either end had said
     * good-bye on it, the peer waits for nothing but answers there, so it ends once these have left.
     */
    private void replace(@Nullable AcceptedSide old) {
        if (old != null) {
            rights.replaces(old.connection);
        }
        if (old == null || old.connection.isOnIoThread()) {
            end(old);
            open();
        } else {
            connection.pause();
            old.connection.execute(() -> {
                end(old);
                connection.execute(() -> {
                    open();
                    connection.proceed();
                });
            });
        }
    }

    private static void end(@Nullable AcceptedSide old) {
        if (old == null) {
            return;
        }
        if (old.connection.isPeerLeaving() || old.connection.retirement().hasBegun()) {
            old.replaced = true;
        } else {
            old.connection.end(EndCause.CLOSED, "the peer dialled anew", true);
        }
    }

    private void open() {
        Hello hello = theirs;
        if (hello == null || connection.isEnded()) {
            return;
        }
        RemotePeer joined = new RemotePeer(hello.node(), rights.role(hello));
        peer = joined;
        node.compressOn(connection.outbox(), hello.features());
        connection.reader().greeted();
        Hello mine = node.hello(hello.stripe(), null);
        // Before whoever hears of the peer can send anything back to it.
        connection.sendUrgently(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, 0, mine.encode());
        node.accepted().opened(joined, hello, this);
        node.joined(joined);
    }

    /** Whether messages may still be sent back to the client here. */
    boolean leadsBack() {
        return !replaced && !connection.isEnded();
    }

    /** Whether the peer accepts a message of that length. */
    boolean accepts(Frame message) {
        Hello hello = theirs;
        return hello != null && message.length() <= hello.messageBytesMax();
    }

    private void takeCall(int flags, long id, long timeoutNanos, ByteBuffer body) throws MuxException {
        RemotePeer from = peer;
        if (from == null || timeoutNanos <= 0) {
            return; // Nobody waits for the answer any more.
        }
        ByteBuffer request = connection.reader().plain(body, flags);
        rights.requireAllowed(from, request);
        ServedCall call = new ServedCall(this, id, System.nanoTime() + timeoutNanos);
        if (node.isLeaving() || replaced || unanswered.size() >= node.options().callsInFlightMax()) {
            node.counters().overloaded();
            call.overloaded();
            return;
        }
        node.listening().call(from, request.slice(), timeoutNanos, call);
        if (!call.isAnswered()) {
            unanswered.add(call);
            if (call.isAnswered()) {
                unanswered.remove(call);
            }
        }
    }

    private void takePost(int flags, ByteBuffer body) throws MuxException {
        RemotePeer from = peer;
        if (from != null && !node.isLeaving() && !replaced) {
            ByteBuffer message = connection.reader().plain(body, flags);
            rights.requireAllowed(from, message);
            node.listening().post(from, message.slice());
        }
    }

    /** Sends the answer to a request. */
    void answer(ServedCall call, long id, Frame reply) {
        unanswered.remove(call);
        if (accepts(reply)) {
            connection.send(new Answer(MuxHeader.RESPONSE, 0, id, reply));
        } else {
            fail(call, id, MuxHeader.STATUS_TOO_LARGE);
        }
    }

    /** Sends the answer that there is none. */
    void fail(ServedCall call, long id, int status) {
        unanswered.remove(call);
        int flags = MuxHeader.RESPONSE | MuxHeader.ERROR;
        connection.send(new Answer(flags, status, id, Frame.of(Payload.EMPTY)));
    }

    private static final class Answer extends Outgoing {

        private final long id;

        Answer(int flags, int status, long id, Frame frame) {
            super(MuxHeader.CALL, flags, status, frame);
            this.id = id;
        }

        @Override
        long id() {
            return id;
        }
    }

    /** Whether a reply may still come, or is on its way out. */
    boolean isBusy() {
        return !connection.isEnded()
                && (connection.isServing()
                        || !unanswered.isEmpty()
                        || !connection.outbox().isEmpty());
    }

    @Override
    public boolean readsOnlyWhenWritten() {
        return true;
    }

    @Override
    public void ended(EndCause cause, String detail) {
        Hello hello = theirs;
        if (hello != null) {
            node.accepted().dismiss(hello, this);
        }
        unanswered.clear();
        RemotePeer joined = peer;
        if (joined != null && hello != null) {
            node.accepted().closed(joined, hello, this);
            node.left(joined, cause == EndCause.RESET);
        }
        if (cause == EndCause.BREACH) {
            node.counters().refused();
            node.journal().broken(connection.peerAddress(), detail);
        }
    }

    @Override
    public boolean tick(long nowNanos) {
        for (ServedCall call : unanswered) {
            if (call.isOver(nowNanos)) {
                unanswered.remove(call);
            }
        }
        if (peer == null && nowNanos - acceptedNanos > node.settings().helloNanos()) {
            connection.end(EndCause.SILENCE, "no greeting came in time", false);
        } else if (nowNanos - connection.heardNanos() > node.settings().idleNanos()) {
            connection.end(EndCause.SILENCE, "the peer was silent for too long", true);
        } else if (connection.retirement().isOver(nowNanos)) {
            connection.end(EndCause.CLOSED, connection.retirement().reason(), true);
        } else if (replaced && !isBusy()) {
            connection.end(EndCause.CLOSED, "the peer dialled anew", true);
        }
        return !unanswered.isEmpty();
    }
}
