package dev.hypercache.transport.local;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.RemotePeer;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One life of a link: from dialling until either side ends it. Carries the requests and posts of the side that dialled,
 * and their replies; to a client posts of the other side, too.
 *
 * <p>A call is pending while it is in {@link #pending}; whoever takes it out owes its handler the one answer.
 */
final class LocalConnection {

    private final LocalLink link;
    private final LocalNode target;
    /** At most {@code callsInFlightMax}. */
    private final Set<LocalCall> pending = ConcurrentHashMap.newKeySet();

    private final BytesUnderWay bytesBack;
    private volatile boolean open = true;
    private volatile boolean reset;

    LocalConnection(LocalLink link, LocalNode target) {
        this.link = link;
        this.target = target;
        this.bytesBack = new BytesUnderWay(target.options().bytesInFlightMax());
    }

    LocalLink link() {
        return link;
    }

    LocalNode source() {
        return link.source();
    }

    LocalNode target() {
        return target;
    }

    boolean touches(LocalNode node) {
        return source() == node || target == node;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether what was sent to one of both still arrives: after a good-bye it does, after a reset it does not. */
    boolean delivers(LocalNode to) {
        return !reset && to.isServing();
    }

    /** Whether the side that was dialled lets the message in; cuts off a client that sends what is for members alone. */
    boolean admits(ByteBuffer message) {
        RemotePeer from = source().asPeer();
        boolean isAdmitted = from.role() == Role.MEMBER || target.listener().allows(from, message.duplicate());
        if (!isAdmitted) {
            target.switchboard().cut(this, from.id() + " sent a message that is for members alone");
        }
        return isAdmitted;
    }

    /** Sends a message back to the client that dialled; false if it is dropped at once. */
    boolean sendBack(Frame message, int lane) {
        int accepted = source().options().frameBytesMax();
        if (!open || message.length() > accepted || !bytesBack.reserve(message)) {
            return false;
        }
        source().deliver(lane, new LocalPost(this, true, bytesBack, target.copy(message)));
        return true;
    }

    boolean hasFramesBack() {
        return !bytesBack.isEmpty();
    }

    void send(LocalCall call) {
        pending.add(call);
        target.deliver(call.lane(), call);
        source().switchboard().timer().arm();
        if (!open) {
            failPending("the connection broke"); // Whoever ended it may have looked before this call was pending.
        }
    }

    /** Claims the right to answer a call. */
    boolean claim(LocalCall call) {
        return pending.remove(call);
    }

    boolean isPending(LocalCall call) {
        return pending.contains(call);
    }

    /** Nothing is sent any more. */
    void end(boolean byReset) {
        reset = byReset;
        open = false;
    }

    void failPending(String detail) {
        for (LocalCall call : pending) {
            call.fail(new CallFailure.ConnectionLost(true, detail));
        }
    }

    /** Times out the calls that are over; tells whether others are pending. */
    boolean expireCalls(long nowNanos) {
        boolean left = false;
        for (LocalCall call : pending) {
            if (call.remainingNanos(nowNanos) <= 0) {
                call.fail(new CallFailure.TimedOut(true));
            } else {
                left = true;
            }
        }
        return left;
    }
}
