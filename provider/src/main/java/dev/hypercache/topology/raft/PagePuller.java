package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.topology.raft.TopologyMessage.CheckpointPart;
import dev.hypercache.topology.raft.TopologyMessage.Page;
import dev.hypercache.topology.raft.TopologyMessage.Pull;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log by pages while this member does not vote, or votes and hears no leader: it may have been voted out.
 *
 * <p>Asks every {@value #EVERY_MILLIS} ms, at once when something newer was heard of, and on and on while there is more. One
 * question at a time; one that is not answered in {@value #PATIENCE_MILLIS} ms goes to somebody else. Bound: one checkpoint of
 * at most {@link RaftTopologyLog#STATE_BYTES_MAX} bytes is put together, as its parts come. Confined to the log's thread.
 */
final class PagePuller {

    static final long EVERY_MILLIS = 1_000;

    private static final long LOOK_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 500;

    private final EngineHost host;
    private final RaftPorts ports;
    private final TopologyView view;
    private final LeaderSigns signs;
    private final BiConsumer<NodeId, TopologyMessage> network;
    private final Runnable grown;
    private @Nullable NodeId asked;
    private long askedAtMillis;
    private long wanted;
    private long partsIndex;
    private WireWriter parts = new WireWriter();
    private boolean again;
    private boolean closed;

    PagePuller(
            EngineHost host,
            RaftPorts ports,
            TopologyView view,
            LeaderSigns signs,
            BiConsumer<NodeId, TopologyMessage> network,
            Runnable grown) {
        this.host = host;
        this.ports = ports;
        this.view = view;
        this.signs = signs;
        this.network = network;
        this.grown = grown;
        this.askedAtMillis = ports.timer().nowMillis() - EVERY_MILLIS;
    }

    /** Looks once and from then on. */
    void look() {
        if (closed) {
            return;
        }
        ports.timer().schedule(this::look, LOOK_MILLIS * 1_000);
        long silence = ports.timer().nowMillis() - askedAtMillis;
        if (asked != null && silence >= PATIENCE_MILLIS) {
            asked = null;
            signs.unanswered();
        }
        boolean isDue = silence >= EVERY_MILLIS || wanted > view.lastIndex() && silence >= LOOK_MILLIS;
        if (asked == null && isDue) {
            pull();
        }
    }

    /** Something newer was heard of. */
    void poke(long index) {
        wanted = Math.max(wanted, index);
        if (asked == null && wanted > view.lastIndex()) {
            pull();
        }
    }

    /** Something newer may be there. */
    void refresh() {
        if (asked == null) {
            pull();
        } else {
            again = true;
        }
    }

    private void pull() {
        if (host.isFollowing()) {
            return; // The leader sends what there is.
        }
        NodeId target = signs.whomToPull();
        if (target != null) {
            ask(target);
        }
    }

    private void ask(NodeId target) {
        asked = target;
        again = false;
        askedAtMillis = ports.timer().nowMillis();
        network.accept(target, new Pull(view.lastIndex() + 1, partsIndex, parts.length()));
    }

    void onPage(NodeId from, Page page) {
        signs.heard(from, page.leader());
        signs.votersAre(from, page.leader(), page.voters());
        boolean hasGrown = false;
        for (TopologyChange change : page.changes()) {
            hasGrown |= view.offer(change);
        }
        answered(from, hasGrown && page.lastIndex() > view.lastIndex());
        if (hasGrown) {
            grown.run();
        }
    }

    void onPart(NodeId from, CheckpointPart part) {
        if (part.index() <= view.lastIndex()) {
            answered(from, false);
            return;
        }
        if (part.index() != partsIndex) {
            partsIndex = part.index();
            parts = new WireWriter();
        }
        boolean isNext = part.offset() == parts.length();
        if (isNext) {
            parts.raw(part.bytes());
        }
        if (parts.length() < part.length()) {
            answered(from, isNext);
            return;
        }
        Payload state = parts.toPayload();
        partsIndex = 0;
        parts = new WireWriter();
        boolean isAhead = view.restore(new TopologyPage.Checkpoint(part.index(), state));
        answered(from, true);
        if (isAhead) {
            grown.run();
        }
    }

    /** Asks on if there is more, unless this was not the one that was asked. */
    private void answered(NodeId from, boolean more) {
        if (from.equals(asked)) {
            asked = null;
            if (more || again) {
                ask(from);
            }
        }
    }

    void close() {
        closed = true;
    }
}
