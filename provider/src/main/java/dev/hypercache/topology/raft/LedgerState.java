package dev.hypercache.topology.raft;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that the engine has committed, as one voter's state machine holds them. Confined to the log's thread.
 *
 * <p>Limits: the ids of the last {@value #RECENT_MAX} changes; the changes behind the checkpoint as {@link TopologyView} has
 * it. Nothing is turned away here, since voters differ in their checkpoints and must not differ in what they take.
 */
final class LedgerState {

    /** How far back an append finds itself. */
    static final int RECENT_MAX = 1024;

    private final List<Payload> changes = new ArrayList<>();
    private final LinkedHashMap<ChangeId, Long> recent = new LinkedHashMap<>();
    private TopologyPage.@Nullable Checkpoint checkpoint;
    private long bytes;

    LedgerState(TopologyPage.@Nullable Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    TopologyPage.@Nullable Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Those behind the checkpoint. */
    List<Payload> changes() {
        return changes;
    }

    Map<ChangeId, Long> recent() {
        return recent;
    }

    /** The bytes of the changes behind the checkpoint. */
    long bytes() {
        return bytes;
    }

    private long forgotten() {
        return checkpoint == null ? 0 : checkpoint.index();
    }

    long lastIndex() {
        return forgotten() + changes.size();
    }

    /** The index under which an append was performed before; null if it was not, or long ago. */
    @Nullable
    Long find(ChangeId id) {
        return recent.get(id);
    }

    long append(ChangeId id, Payload change) {
        restore(change);
        remember(id, lastIndex());
        return lastIndex();
    }

    /** A change of which nobody asks again. */
    void restore(Payload change) {
        changes.add(change);
        bytes += change.length();
    }

    void remember(ChangeId id, long index) {
        recent.put(id, index);
        if (recent.size() > RECENT_MAX) {
            recent.remove(recent.keySet().iterator().next());
        }
    }

    /** Forgets what a checkpoint sums up, unless it is ahead or older than the last one. */
    void forget(TopologyPage.Checkpoint summedUp) {
        long forgotten = forgotten();
        if (summedUp.index() > forgotten && summedUp.index() <= lastIndex()) {
            List<Payload> gone = changes.subList(0, (int) (summedUp.index() - forgotten));
            for (Payload change : gone) {
                bytes -= change.length();
            }
            gone.clear();
            checkpoint = summedUp;
        }
    }
}
