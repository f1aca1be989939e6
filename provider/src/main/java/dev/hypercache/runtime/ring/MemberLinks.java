package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RepairMessage;
import dev.hypercache.core.message.TopologyMessage;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.frame.BundleSink;
import dev.hypercache.transport.frame.Envelope;
import dev.hypercache.transport.frame.FrameWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to the other members, and to the clients that are connected: every message leaves this node as the bytes of a frame.
 *
 * <p>A message that cannot leave is dropped and counted; the protocol repeats what matters. A slot is a lane, so that
 * messages of one slot keep their order. What is sent {@link #together} leaves as one frame for each member, of up to
 * {@value BundleSink#BYTES_MAX} bytes.
 */
final class MemberLinks {

    private static final Frame PING = Frame.of(Payload.EMPTY);

    private final Transport transport;
    private volatile Members members;
    private final FillingPace pace;
    private final RingMetrics metrics;
    private final NodeLog log;
    private final Clients clients;
    private final FrameWriter frames = new FrameWriter();
    /** What the calling thread gathers; empty outside of {@link #together}. */
    private final ThreadLocal<Gathered> gathering = new ThreadLocal<>();

    MemberLinks(Transport transport, Members members, FillingPace pace, RingMetrics metrics, NodeLog log) {
        this.transport = transport;
        this.members = members;
        this.pace = pace;
        this.metrics = metrics;
        this.log = log;
        this.clients = new Clients(metrics, log);
    }

    Transport transport() {
        return transport;
    }

    /** The clients that are connected; at a client there are none. */
    Clients clients() {
        return clients;
    }

    /** How fast this node's writers may be. */
    FillingPace pace() {
        return pace;
    }

    /** The members by now. */
    Members members() {
        return members;
    }

    /** Members came or went; who is gone is reached no more. */
    void follow(Members newMembers) {
        Members before = members;
        members = newMembers;
        for (Peer peer : before.peers().values()) {
            if (newMembers.shortId(peer.id()) == Members.NOBODY) {
                giveUp(peer);
            }
        }
    }

    private void giveUp(Peer peer) {
        try {
            transport.link(peer).close();
        } catch (IllegalStateException notOpen) {
            metrics.frameDropped(); // The transport is closed, or not started, and has no link to anybody.
        }
    }

    /** What one thread wants to send, by member. */
    private final class Gathered {
        private final Map<Integer, BundleSink> bundles = new LinkedHashMap<>();

        int add(int member, Message message) {
            BundleSink bundle = bundles.get(member);
            if (bundle == null) {
                bundle = frames.bundle(envelopeTo(member), frame -> send(member, frame, member));
                bundles.put(member, bundle);
            }
            return bundle.add(message);
        }

        void leaveAll() {
            bundles.values().forEach(BundleSink::leave);
        }
    }

    /** Does something whose messages to each member leave together, at the end. */
    void together(Runnable work) {
        if (gathering.get() != null) {
            work.run();
            return;
        }
        Gathered gathered = new Gathered();
        gathering.set(gathered);
        try {
            work.run();
        } finally {
            gathering.remove();
            gathered.leaveAll();
        }
    }

    /** Sends a message; it may be lost without a word. */
    void post(int member, Message message) {
        boolean isControl = message instanceof TopologyMessage || message instanceof GossipMessage;
        Gathered gathered = isControl ? null : gathering.get();
        pace.sent(member, message);
        try {
            long bytes;
            if (gathered == null) {
                Frame frame = frames.frameOf(envelopeTo(member), message);
                bytes = frame.length();
                send(member, frame, isControl ? PeerLink.CONTROL_LANE : message.slot());
            } else {
                bytes = gathered.add(member, message);
            }
            if (message instanceof RepairMessage) {
                metrics.repairSent(bytes);
            }
        } catch (IllegalArgumentException tooLarge) {
            dropped(tooLarge);
        }
    }

    private void send(int member, Frame frame, int lane) {
        boolean sent = false;
        try {
            sent = Clients.isNumber(member) ? sendBack(member, frame, lane) : sendTo(member, frame, lane);
        } catch (IllegalStateException closed) {
            sent = false; // The transport was closed meanwhile: nobody waits for the message any more.
        } catch (IllegalArgumentException tooLarge) {
            dropped(tooLarge);
            return;
        }
        if (!sent) {
            metrics.frameDropped();
        }
    }

    private boolean sendTo(int member, Frame frame, int lane) {
        PeerLink link = linkTo(member);
        return link != null && link.post(frame, lane);
    }

    /** Over the connection that the client has made, for it has no address. */
    private boolean sendBack(int client, Frame frame, int lane) {
        RemotePeer peer = clients.peer(client);
        return peer != null && transport.post(peer, frame, lane);
    }

    private void dropped(IllegalArgumentException tooLarge) {
        metrics.frameDropped();
        log.error("send")
                .setCause(tooLarge)
                .log("A message does not fit into a frame; what it is about cannot be replicated.");
    }

    private Envelope envelopeTo(int member) {
        int receiver = Clients.isNumber(member) ? Clients.ON_THE_WIRE : member;
        return new Envelope(members.ring(), members.self(), receiver);
    }

    private @Nullable PeerLink linkTo(int member) {
        Peer peer = members.peer(member);
        return peer == null ? null : transport.link(peer);
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
