package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.CacheSizes;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadCounts;
import dev.hypercache.runtime.member.NodeMembership;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.transport.frame.ClientVerbs;
import dev.hypercache.transport.frame.FrameException;
import java.nio.ByteBuffer;

/**
 * Where frames of other nodes come in at a member.
 *
 * <p>A frame counts only if its sender is a member, in the very incarnation that the connection was authenticated for, or a client that
 * says what {@link ClientVerbs} lets it say, and means this node in this ring (CONSISTENCY I9). Everything else is dropped and counted.
 * Runs the slot inline on the thread that brings the frame.
 */
final class MessageDoor implements TransportListener {

    private final MemberLinks links;
    private final SlotCells cells;
    private final PeerWatch watch;
    private final ChangeNews news;
    private final RingBounds bounds;
    private final RingCounting counting;
    private final DigestReads digests;
    private final TopologyDoor topology;
    private final NodeMembership membership;
    private final RingMetrics metrics;
    private final FrameIntake intake;

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
        this.intake = new FrameIntake(links, this::take, metrics, host.log());
    }

    /** Somebody asks for a sign of life: nothing else is asked this way. Whom the ring has removed learns so here, if not before. */
    @Override
    public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        int sender = heard(from);
        if (sender == Members.NOBODY && topology.wasRemoved(from.id())) {
            responder.reply(LifeSign.toRemoved(links.members().ring()));
        } else if (sender == Members.NOBODY || request.hasRemaining()) {
            metrics.frameRefused();
        } else {
            responder.reply(LifeSign.TO_MEMBER);
        }
    }

    /** What a sender is called here, {@link Members#NOBODY} if it is not served; it gives a sign of life with this. */
    private int heard(RemotePeer from) {
        if (Clients.isClient(from)) {
            return links.clients().number(from);
        }
        int sender = links.members().shortId(from.id());
        if (sender != Members.NOBODY) {
            watch.heard(sender);
            membership.heard(sender);
        }
        return sender;
    }

    @Override
    public boolean allows(RemotePeer from, ByteBuffer message) {
        try {
            return Clients.isClient(from) && ClientVerbs.allow(message);
        } catch (FrameException unreadable) {
            return false;
        }
    }

    @Override
    public void onPost(RemotePeer from, ByteBuffer frame) {
        int sender = heard(from);
        if (sender == Members.NOBODY) {
            metrics.frameRefused();
        } else {
            intake.take(sender, Clients.isNumber(sender) ? Clients.ON_THE_WIRE : sender, frame);
        }
    }

    private boolean take(int sender, Message message) {
        links.pace().heard(sender, message);
        return isOfNode(sender, message) || cells.receive(sender, message);
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
    public void onConnected(RemotePeer peer) {
        if (Clients.isClient(peer)) {
            links.clients().connected(peer);
        }
    }

    @Override
    public void onDisconnected(RemotePeer peer, boolean reset) {
        if (Clients.isClient(peer)) {
            links.clients().disconnected(peer);
            return;
        }
        int member = links.members().shortId(peer.id());
        if (member != Members.NOBODY) {
            watch.lost(member);
            membership.lost(member);
            topology.lost(peer.id());
        }
    }
}
