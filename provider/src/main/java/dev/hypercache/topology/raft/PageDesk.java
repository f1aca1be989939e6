package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.topology.raft.TopologyMessage.CheckpointPart;
import dev.hypercache.topology.raft.TopologyMessage.Page;
import dev.hypercache.topology.raft.TopologyMessage.Pull;
import java.util.LinkedHashMap;

/**
 * Answers those that follow by pages, from what this member holds, and remembers who asked. Confined to the log's thread.
 *
 * <p>Bounds: a page has at most {@value RaftWire#PAGE_CHANGES_MAX} changes and {@value RaftWire#PAGE_BYTES_MAX} bytes, or one
 * change; the last {@value #ASKERS_MAX} askers are remembered.
 */
final class PageDesk {

    private static final int ASKERS_MAX = 512;
    private static final long LATELY_MILLIS = 3_000;

    private final TopologyView view;
    private final LeaderSigns signs;
    private final EngineTimer timer;
    private final LinkedHashMap<NodeId, Long> askedAtMillis = new LinkedHashMap<>();

    PageDesk(TopologyView view, LeaderSigns signs, EngineTimer timer) {
        this.view = view;
        this.signs = signs;
        this.timer = timer;
    }

    TopologyMessage answer(NodeId from, Pull pull) {
        note(from);
        TopologyPage page =
                view.read(Math.max(1, pull.fromIndex()), RaftWire.PAGE_CHANGES_MAX, RaftWire.PAGE_BYTES_MAX);
        TopologyPage.Checkpoint checkpoint = page.checkpoint();
        if (checkpoint != null) {
            return part(checkpoint, pull);
        }
        return new Page(view.lastIndex(), signs.leader(), signs.voters(), page.changes());
    }

    private static CheckpointPart part(TopologyPage.Checkpoint checkpoint, Pull pull) {
        int length = checkpoint.state().length();
        int offset = pull.checkpointIndex() == checkpoint.index() ? Math.min(pull.offset(), length) : 0;
        int bytes = Math.min(RaftWire.CHECKPOINT_PART_BYTES_MAX, length - offset);
        Payload part = new Payload(checkpoint.state().buffer().slice(offset, bytes));
        return new CheckpointPart(checkpoint.index(), length, offset, part);
    }

    private void note(NodeId from) {
        askedAtMillis.remove(from);
        askedAtMillis.put(from, timer.nowMillis());
        if (askedAtMillis.size() > ASKERS_MAX) {
            askedAtMillis.remove(askedAtMillis.keySet().iterator().next());
        }
    }

    /** Whether a node that follows asked within the last {@value #LATELY_MILLIS} ms, so that it lives. */
    boolean isHeardLately(NodeId node) {
        Long at = askedAtMillis.get(node);
        return at != null && timer.nowMillis() - at < LATELY_MILLIS;
    }
}
