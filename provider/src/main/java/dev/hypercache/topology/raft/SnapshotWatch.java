package dev.hypercache.topology.raft;

import dev.hypercache.topology.raft.LogOperation.SnapshotPart;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.InstallSnapshotRequest;
import org.jspecify.annotations.Nullable;

/**
 * Sees that parts of two snapshots are about to be mixed: the leader changed while one was on its way, and the new one's, at
 * the same index, has other bytes (see {@link SnapshotFormat}). The engine tells snapshots apart by their index alone.
 */
final class SnapshotWatch {

    /** What is being collected, as far as it was seen. */
    private record Collected(
            long index, int count, @Nullable Long stamp) {}

    private @Nullable Collected collected;

    /** The engine begins anew and has collected nothing. */
    void reset() {
        collected = null;
    }

    /** Whether the engine would mix; it is to be built anew then, without the parts so far. */
    boolean isMixed(InstallSnapshotRequest request) {
        Collected before = collected;
        SnapshotChunk chunk = request.getSnapshotChunk();
        Long stamp = chunk != null && chunk.getOperation() instanceof SnapshotPart part ? part.stamp() : null;
        if (before == null || before.index < request.getSnapshotIndex()) {
            collected = new Collected(request.getSnapshotIndex(), request.getTotalSnapshotChunkCount(), stamp);
            return false;
        }
        if (before.index > request.getSnapshotIndex()) {
            return false;
        }
        if (before.stamp == null && stamp != null) {
            collected = new Collected(before.index, before.count, stamp);
        }
        boolean isSame = before.stamp == null || stamp == null || before.stamp.equals(stamp);
        return before.count != request.getTotalSnapshotChunkCount() || !isSame;
    }
}
