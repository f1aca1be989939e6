package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.Member;
import dev.hypercache.core.message.Message;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.frame.Envelope;
import dev.hypercache.transport.frame.FrameSchema;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to the other members: every message leaves this node as the bytes of a frame.
 *
 * <p>A message that cannot leave is dropped and counted; the protocol repeats what matters. A slot is a lane, so that
 * messages of one slot keep their order.
 */
final class MemberLinks {

    private static final Frame PING = Frame.of(Payload.EMPTY);

    private final Transport transport;
    private final Members members;
    private final RingMetrics metrics;
    private final NodeLog log;

    MemberLinks(Transport transport, Members members, RingMetrics metrics, NodeLog log) {
        this.transport = transport;
        this.members = members;
        this.metrics = metrics;
        this.log = log;
    }

    Members members() {
        return members;
    }

    /** Sends a message; it may be lost without a word. */
    void post(int member, Message message) {
        boolean sent = false;
        try {
            PeerLink link = linkTo(member);
            sent = link != null && link.post(FrameSchema.frameOf(envelopeTo(member), message), message.slot());
        } catch (IllegalStateException closed) {
            sent = false; // The transport was closed meanwhile: nobody waits for the message any more.
        } catch (IllegalArgumentException tooLarge) {
            log.error("send")
                    .setCause(tooLarge)
                    .log("A message does not fit into a frame; what it is about cannot be replicated.");
        }
        if (!sent) {
            metrics.frameDropped();
        }
    }

    private Envelope envelopeTo(int member) {
        return new Envelope(members.ring(), members.self(), member);
    }

    private @Nullable PeerLink linkTo(int member) {
        Member known = members.member(member);
        return known == null ? null : transport.link(known.peer());
    }

    /** Asks a member for a sign of life. */
    void ping(int member, long timeoutMillis, ReplyHandler handler) {
        try {
            PeerLink link = linkTo(member);
            if (link != null) {
                link.call(PING, 0, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), handler);
            }
        } catch (IllegalStateException closed) {
            metrics.frameDropped();
        }
    }
}
