package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.CacheSizes;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadCounts;
import dev.hypercache.runtime.member.NodeMembership;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.frame.BundleSource;
import dev.hypercache.transport.frame.ClientVerbs;
import dev.hypercache.transport.frame.Envelope;
import dev.hypercache.transport.frame.FrameException;
import java.nio.ByteBuffer;

/**
 * Where frames of other nodes come in.
 *
 * <p>A frame counts only if its sender is a member, in the very incarnation that the connection was authenticated for, and
 * means this node in this ring (CONSISTENCY I9). Everything else is dropped and counted. Runs the slot inline on the thread
 * that brings the frame; what is answered to frames that came as one leaves as one.
 */
final class MessageDoor implements TransportListener {

    private static final Frame PONG = Frame.of(Payload.EMPTY);

    private final MemberLinks links;
    private final SlotCells cells;
    private final PeerWatch watch;
    private final ExpiryNews news;
    private final RingBounds bounds;
    private final RingCounting counting;
    private final DigestReads digests;
    private final TopologyDoor topology;
    private final NodeMembership membership;
    private final RingMetrics metrics;
    private final NodeLog log;

    MessageDoor(SlotCells cells, DigestReads digests, TopologyDoor topology, NodeMembership membership, SlotHost host) {
        this.links = host.links();
        this.topology = topology;
        this.membership = membership;
        this.cells = cells;
        this.watch = host.watch();
        this.news = host.news();
        this.bounds = host.bounds();
        this.counting = host.counting();
        this.digests = digests;
        this.metrics = host.metrics();
        this.log = host.log();
    }

    /** Another member asks for a sign of life: nothing else is asked this way. */
    @Override
    public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        int sender = links.members().shortId(from.id());
        if (sender == Members.NOBODY || request.hasRemaining()) {
            metrics.frameRefused();
            return;
        }
        watch.heard(sender);
        membership.heard(sender);
        responder.reply(PONG);
    }

    @Override
    public boolean allows(RemotePeer from, ByteBuffer message) {
        try {
            return from.role() == Role.CLIENT && ClientVerbs.allow(message);
        } catch (FrameException unreadable) {
            return false;
        }
    }

    @Override
    public void onPost(RemotePeer from, ByteBuffer frame) {
        int sender = links.members().shortId(from.id());
        if (sender == Members.NOBODY) {
            metrics.frameRefused();
            return;
        }
        watch.heard(sender);
        membership.heard(sender);
        try {
            BundleSource messages = new BundleSource(frame);
            if (messages.count() > 1) {
                links.together(() -> takeAll(sender, messages));
            } else {
                takeAll(sender, messages);
            }
        } catch (FrameException unreadable) {
            unreadable(unreadable);
        }
    }

    private void unreadable(FrameException why) {
        metrics.frameRefused();
        log.warn("receive").setCause(why).log("A frame of a member cannot be read and is dropped.");
    }

    private void takeAll(int sender, BundleSource messages) {
        Members members = links.members();
        Envelope meant = new Envelope(members.ring(), sender, members.self());
        for (int left = messages.count(); left > 0; left--) {
            take(sender, messages, meant);
        }
    }

    private void take(int sender, BundleSource messages, Envelope meant) {
        try {
            Message message = messages.next(meant);
            if (message != null) {
                links.pace().heard(sender, message);
            }
            boolean isTaken = message != null && (isOfNode(sender, message) || cells.receive(sender, message));
            if (!isTaken) {
                metrics.frameRefused();
            }
        } catch (FrameException unreadable) {
            unreadable(unreadable);
        } catch (RuntimeException broken) {
            metrics.invariantBroken();
            log.error("receive").setCause(broken).log("A message could not be dealt with; please report this.");
        }
    }

    /** Whether a message was about no single slot, and was dealt with. */
    private boolean isOfNode(int sender, Message message) {
        return digests.receive(sender, cells, message)
                || news.receive(sender, message)
                || counting.receive(sender, message)
                || topology.receive(sender, message)
                || membership.receive(sender, message)
                || isOfBounds(sender, message);
    }

    private boolean isOfBounds(int sender, Message message) {
        if (message instanceof CacheSizes sizes) {
            bounds.heard(sender, sizes);
            return true;
        }
        if (message instanceof ReadCounts counts) {
            bounds.heard(counts);
            return true;
        }
        return false;
    }

    @Override
    public void onConnected(RemotePeer peer) {}

    @Override
    public void onDisconnected(RemotePeer peer, boolean reset) {
        int member = links.members().shortId(peer.id());
        if (member != Members.NOBODY) {
            watch.lost(member);
            membership.lost(member);
            topology.lost(peer.id());
        }
    }
}
