package dev.hypercache.topology.raft;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this member reads: the committed changes behind the last checkpoint. It never goes back, whatever becomes of the engine:
 * one that is built anew begins at its snapshot, and what it says again is passed over.
 *
 * <p>Bound: the leader takes no more changes than {@link RaftTopologyLog#STATE_BYTES_MAX} behind its own checkpoint, so a
 * member that hands over checkpoints holds about as much. Safe for use by any threads; the lock covers list operations only.
 */
final class TopologyView {

    private final List<TopologyChange> changes = new ArrayList<>();
    private TopologyPage.@Nullable Checkpoint checkpoint;

    /** Begins with a checkpoint or empty, and with the first change of a generation if it is known. */
    TopologyView(TopologyPage.@Nullable Checkpoint checkpoint, @Nullable Payload founding) {
        this.checkpoint = checkpoint;
        if (founding != null) {
            changes.add(new TopologyChange(checkpoint == null ? 1 : checkpoint.index() + 1, founding));
        }
    }

    synchronized long lastIndex() {
        return forgotten() + changes.size();
    }

    private long forgotten() {
        return checkpoint == null ? 0 : checkpoint.index();
    }

    /** Takes the next change in; false if it is known, or further ahead. */
    synchronized boolean offer(TopologyChange change) {
        return change.index() == lastIndex() + 1 && changes.add(change);
    }

    /** Goes on from a checkpoint that is ahead of all that is known; false if it is not. */
    synchronized boolean restore(TopologyPage.Checkpoint ahead) {
        if (ahead.index() <= lastIndex()) {
            return false;
        }
        changes.clear();
        checkpoint = ahead;
        return true;
    }

    synchronized TopologyPage read(long fromIndex, int changesMax, long bytesMax) {
        long forgotten = forgotten();
        int begin = (int) Math.min(Math.max(fromIndex - 1 - forgotten, 0), changes.size());
        int end = begin;
        long bytes = 0;
        while (end < changes.size() && end - begin < changesMax && bytes < bytesMax) {
            bytes += changes.get(end).change().length();
            boolean isTooMuch = bytes > bytesMax && end > begin;
            end += isTooMuch ? 0 : 1;
        }
        return new TopologyPage(fromIndex <= forgotten ? checkpoint : null, changes.subList(begin, end));
    }

    /**
     * Forgets what a checkpoint sums up.
     *
     * @throws IllegalArgumentException if the index is ahead of what was read
     */
    synchronized void forget(TopologyPage.Checkpoint summedUp) {
        if (summedUp.index() > lastIndex()) {
            throw new IllegalArgumentException(
                    "checkpoint at index " + summedUp.index() + ", but the log ends at index " + lastIndex() + ".");
        }
        long forgotten = forgotten();
        if (summedUp.index() > forgotten) {
            changes.subList(0, (int) (summedUp.index() - forgotten)).clear();
            checkpoint = summedUp;
        }
    }
}
