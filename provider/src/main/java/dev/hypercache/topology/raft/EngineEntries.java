package dev.hypercache.topology.raft;

import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.topology.raft.LogOperation.Founding;
import dev.hypercache.topology.raft.LogOperation.Propose;
import dev.hypercache.topology.raft.LogOperation.SnapshotPart;
import dev.hypercache.topology.raft.LogOperation.TermBegin;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftEndpoint;
import io.microraft.model.groupop.UpdateRaftGroupMembersOp;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layout of what the engine's messages carry: entries, parts of snapshots and lists of voters. */
final class EngineEntries {

    static final DefaultRaftModelFactory MODEL = new DefaultRaftModelFactory();

    private static final int TERM_BEGIN = 1;
    private static final int PROPOSE = 2;
    private static final int MEMBERS = 3;
    private static final int ENTRIES_MAX = 1024;
    private static final int PARTS_MAX = 1024;
    private static final MembershipChangeMode[] MODES = {
        MembershipChangeMode.ADD_LEARNER,
        MembershipChangeMode.ADD_OR_PROMOTE_TO_FOLLOWER,
        MembershipChangeMode.REMOVE_MEMBER
    };

    private EngineEntries() {}

    static void putEntries(WireWriter out, List<LogEntry> entries) {
        out.put4(entries.size());
        for (LogEntry entry : entries) {
            out.put8(entry.getIndex()).put4(entry.getTerm());
            putOperation(out, entry.getOperation());
        }
    }

    static List<LogEntry> takeEntries(WireReader in) throws MalformedFrameException {
        int count = in.within(0, ENTRIES_MAX);
        List<LogEntry> entries = new ArrayList<>();
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long index = in.index();
            if (index < 1 || i > 0 && index != previous + 1) {
                throw new MalformedFrameException("entry " + index + " behind " + previous);
            }
            previous = index;
            entries.add(MODEL.createLogEntryBuilder()
                    .setIndex(index)
                    .setTerm(in.term())
                    .setOperation(takeOperation(in))
                    .build());
        }
        return entries;
    }

    private static void putOperation(WireWriter out, @Nullable Object operation) {
        if (operation instanceof TermBegin begin) {
            out.put1(TERM_BEGIN);
            putFounding(out, begin.founding());
        } else if (operation instanceof Propose propose) {
            out.put1(PROPOSE)
                    .put8(propose.expectedIndex())
                    .put8(propose.id().high())
                    .put8(propose.id().low())
                    .payload(propose.change());
        } else if (operation instanceof UpdateRaftGroupMembersOp members) {
            out.put1(MEMBERS);
            putEndpoints(out, members.getMembers());
            putEndpoints(out, members.getVotingMembers());
            out.node(EngineEndpoint.nodeOf(members.getEndpoint()));
            out.put1(List.of(MODES).indexOf(members.getMode()));
        } else {
            throw new IllegalStateException("no entry of this log: " + operation);
        }
    }

    private static void putFounding(WireWriter out, @Nullable Founding founding) {
        out.flag(founding != null);
        if (founding == null) {
            return;
        }
        TopologyPage.Checkpoint base = founding.base();
        out.flag(base != null);
        if (base != null) {
            out.put8(base.index()).payload(base.state());
        }
        out.payload(founding.change());
    }

    private static @Nullable Founding takeFounding(WireReader in) throws MalformedFrameException {
        if (!in.flag()) {
            return null;
        }
        TopologyPage.Checkpoint base =
                in.flag() ? new TopologyPage.Checkpoint(in.index(), in.payload(RaftTopologyLog.BASE_BYTES_MAX)) : null;
        return new Founding(base, in.payload(RaftTopologyLog.CHANGE_BYTES_MAX));
    }

    private static Object takeOperation(WireReader in) throws MalformedFrameException {
        int kind = in.take1();
        switch (kind) {
            case TERM_BEGIN:
                return new TermBegin(takeFounding(in));
            case PROPOSE:
                return new Propose(
                        in.index(), new ChangeId(in.take8(), in.take8()), in.payload(RaftTopologyLog.CHANGE_BYTES_MAX));
            case MEMBERS:
                return takeMembers(in);
            default:
                throw new MalformedFrameException("no kind of entry: " + kind);
        }
    }

    private static UpdateRaftGroupMembersOp takeMembers(WireReader in) throws MalformedFrameException {
        Collection<RaftEndpoint> members = takeEndpoints(in);
        Collection<RaftEndpoint> voters = takeEndpoints(in);
        RaftEndpoint changed = new EngineEndpoint(in.node());
        int mode = in.take1();
        if (mode >= MODES.length || voters.isEmpty() || !members.containsAll(voters)) {
            throw new MalformedFrameException("no change of voters: mode " + mode + ", " + voters + " of " + members);
        }
        return MODEL.createUpdateRaftGroupMembersOpBuilder()
                .setMembers(members)
                .setVotingMembers(voters)
                .setEndpoint(changed)
                .setMode(MODES[mode])
                .build();
    }

    static void putEndpoints(WireWriter out, Collection<RaftEndpoint> endpoints) {
        out.nodes(EngineEndpoint.nodes(endpoints));
    }

    static Collection<RaftEndpoint> takeEndpoints(WireReader in) throws MalformedFrameException {
        List<RaftEndpoint> endpoints = EngineEndpoint.all(in.nodes());
        Set<RaftEndpoint> different = new LinkedHashSet<>(endpoints);
        if (different.size() < endpoints.size()) {
            throw new MalformedFrameException("a node twice in " + endpoints);
        }
        return different;
    }

    static void putView(WireWriter out, RaftGroupMembersView view) {
        out.put8(view.getLogIndex());
        putEndpoints(out, view.getMembers());
        putEndpoints(out, view.getVotingMembers());
    }

    static RaftGroupMembersView takeView(WireReader in) throws MalformedFrameException {
        return MODEL.createRaftGroupMembersViewBuilder()
                .setLogIndex(in.index())
                .setMembers(takeEndpoints(in))
                .setVotingMembers(takeEndpoints(in))
                .build();
    }

    static void putChunk(WireWriter out, @Nullable SnapshotChunk chunk) {
        out.flag(chunk != null);
        if (chunk == null) {
            return;
        }
        SnapshotPart part = (SnapshotPart) chunk.getOperation();
        out.put8(chunk.getIndex()).put4(chunk.getTerm());
        out.put4(chunk.getSnapshotChunkIndex()).put4(chunk.getSnapshotChunkCount());
        putView(out, chunk.getGroupMembersView());
        out.put8(part.stamp()).payload(part.bytes());
    }

    static @Nullable SnapshotChunk takeChunk(WireReader in) throws MalformedFrameException {
        if (!in.flag()) {
            return null;
        }
        long index = in.index();
        int term = in.term();
        int number = in.within(0, PARTS_MAX - 1);
        int count = in.within(number + 1, PARTS_MAX);
        return MODEL.createSnapshotChunkBuilder()
                .setIndex(index)
                .setTerm(term)
                .setSnapshotChunkIndex(number)
                .setSnapshotChunkCount(count)
                .setGroupMembersView(takeView(in))
                .setOperation(new SnapshotPart(in.take8(), in.payload(SnapshotFormat.PART_BYTES_MAX)))
                .build();
    }

    static int takePartCount(WireReader in) throws MalformedFrameException {
        return in.within(1, PARTS_MAX);
    }
}
