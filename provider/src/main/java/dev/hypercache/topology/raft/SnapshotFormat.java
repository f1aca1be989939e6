package dev.hypercache.topology.raft;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.topology.raft.LogOperation.SnapshotPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The state machine's state as parts of a snapshot.
 *
 * <p>Members hand over checkpoints when they like, so the snapshots of two voters at one index differ in their bytes though not
 * in what they say. A stamp over all bytes stands in each part: {@link SnapshotWatch} sees by it that parts of two are about to
 * be mixed.
 */
final class SnapshotFormat {

    static final int PART_BYTES_MAX = 256 << 10;

    private SnapshotFormat() {}

    static List<SnapshotPart> write(LedgerState state) {
        WireWriter out = new WireWriter();
        TopologyPage.Checkpoint checkpoint = state.checkpoint();
        out.put8(state.lastIndex()).flag(checkpoint != null);
        if (checkpoint != null) {
            out.put8(checkpoint.index()).payload(checkpoint.state());
        }
        List<Payload> changes = state.changes();
        out.put4(changes.size());
        changes.forEach(out::payload);
        out.put4(state.recent().size());
        state.recent().forEach((id, index) -> out.put8(id.high()).put8(id.low()).put8(index));
        return cut(out.toPayload());
    }

    private static List<SnapshotPart> cut(Payload whole) {
        CRC32C sum = new CRC32C();
        sum.update(whole.buffer());
        long stamp = sum.getValue() << Integer.SIZE | whole.length();
        List<SnapshotPart> parts = new ArrayList<>();
        ByteBuffer rest = whole.buffer();
        do {
            int length = Math.min(PART_BYTES_MAX, rest.remaining());
            parts.add(new SnapshotPart(stamp, new Payload(rest.slice(rest.position(), length))));
            rest.position(rest.position() + length);
        } while (rest.hasRemaining());
        return parts;
    }

    /**
     * Puts a state together again.
     *
     * @throws MalformedFrameException if the parts are not those of one snapshot
     */
    static LedgerState read(List<SnapshotPart> parts) throws MalformedFrameException {
        WireWriter whole = new WireWriter();
        for (SnapshotPart part : parts) {
            if (part.stamp() != parts.get(0).stamp()) {
                throw new MalformedFrameException("parts of two snapshots");
            }
            whole.raw(part.bytes());
        }
        Payload bytes = whole.toPayload();
        if (!cut(bytes).get(0).equals(parts.get(0))) {
            throw new MalformedFrameException("a snapshot that does not have the bytes that it had");
        }
        WireReader in = new WireReader(bytes.buffer());
        long last = in.index();
        TopologyPage.Checkpoint checkpoint =
                in.flag() ? new TopologyPage.Checkpoint(in.index(), in.payload(RaftTopologyLog.STATE_BYTES_MAX)) : null;
        LedgerState state = new LedgerState(checkpoint);
        int changes = in.within(0, Integer.MAX_VALUE);
        for (int i = 0; i < changes; i++) {
            state.restore(in.payload(RaftTopologyLog.CHANGE_BYTES_MAX));
        }
        int recent = in.within(0, LedgerState.RECENT_MAX);
        for (int i = 0; i < recent; i++) {
            state.remember(new ChangeId(in.take8(), in.take8()), in.index());
        }
        in.end();
        if (state.lastIndex() != last) {
            throw new MalformedFrameException("a snapshot of " + state.lastIndex() + " that says " + last);
        }
        return state;
    }
}
