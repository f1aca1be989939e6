package dev.hypercache.topology.raft;

import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a voter must not forget while its process lives, in memory: its vote, its entries, its snapshot. The engine can be
 * thrown away and built anew from it; nobody else notices, since the voter forgot nothing that it promised.
 *
 * <p>Every call takes effect at once. A term or a vote that went back, or a gap, is a bug and ends the call. Limits: those of
 * the engine's log, which is the same. Confined to the log's thread.
 */
final class RetainedStore implements RaftStore {

    private final NavigableMap<Long, LogEntry> entries = new TreeMap<>();
    private final NavigableMap<Long, NavigableMap<Integer, SnapshotChunk>> chunks = new TreeMap<>();
    private @Nullable RaftEndpointPersistentState endpoint;
    private @Nullable RaftGroupMembersView founders;
    private @Nullable RaftTermPersistentState term;
    private long snapshotIndex;
    private int snapshotTerm;

    @Override
    public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState newEndpoint) {
        endpoint = newEndpoint;
    }

    @Override
    public void persistAndFlushInitialGroupMembers(RaftGroupMembersView newFounders) {
        founders = newFounders;
    }

    @Override
    public void persistAndFlushTerm(RaftTermPersistentState newTerm) {
        RaftTermPersistentState old = term;
        if (old != null) {
            RaftEndpoint vote = old.getVotedFor();
            boolean isSame = newTerm.getTerm() == old.getTerm() && (vote == null || vote.equals(newTerm.getVotedFor()));
            if (newTerm.getTerm() < old.getTerm() || newTerm.getTerm() == old.getTerm() && !isSame) {
                throw new IllegalStateException("term or vote went back from " + old + " to " + newTerm);
            }
        }
        term = newTerm;
    }

    @Override
    public void persistLogEntries(List<LogEntry> newEntries) {
        for (LogEntry entry : newEntries) {
            long last = lastIndex();
            if (entry.getIndex() != last + 1) {
                throw new IllegalStateException("entry " + entry.getIndex() + " behind " + last);
            }
            entries.put(entry.getIndex(), entry);
        }
    }

    @Override
    public void persistSnapshotChunk(SnapshotChunk chunk) {
        NavigableMap<Integer, SnapshotChunk> parts = chunks.computeIfAbsent(chunk.getIndex(), index -> new TreeMap<>());
        parts.put(chunk.getSnapshotChunkIndex(), chunk);
        if (parts.size() == chunk.getSnapshotChunkCount() && chunk.getIndex() > snapshotIndex) {
            snapshotIndex = chunk.getIndex();
            snapshotTerm = chunk.getTerm();
        }
    }

    @Override
    public void truncateLogEntriesFrom(long firstIndex) {
        entries.tailMap(firstIndex, true).clear();
    }

    @Override
    public void truncateLogEntriesUntil(long lastIndex) {
        entries.headMap(lastIndex, true).clear();
        chunks.headMap(snapshotIndex, false).clear();
    }

    @Override
    public void deleteSnapshotChunks(long index, int count) {
        if (index != snapshotIndex) {
            chunks.remove(index);
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    /** Drops the parts of a snapshot that is not complete. */
    void dropPartial() {
        chunks.keySet().removeIf(index -> index != snapshotIndex);
    }

    long snapshotIndex() {
        return snapshotIndex;
    }

    int snapshotTerm() {
        return snapshotTerm;
    }

    /** The first entry that the voter still has, or the one that would be. */
    long firstIndex() {
        return entries.isEmpty() ? snapshotIndex + 1 : entries.firstKey();
    }

    /** The last entry that the voter has, in its snapshot or behind it; 0 for none. */
    long lastIndex() {
        return entries.isEmpty() ? snapshotIndex : Math.max(snapshotIndex, entries.lastKey());
    }

    @Nullable
    LogEntry entry(long index) {
        return entries.get(index);
    }

    /** Whether the voter has an entry at all, so that a candidate with none does not get its vote. */
    boolean hasEntries() {
        return snapshotIndex > 0 || !entries.isEmpty();
    }

    int term() {
        return term == null ? 0 : term.getTerm();
    }

    /** A term was heard of that is higher than any before. */
    void raiseTerm(int newTerm) {
        if (newTerm > term()) {
            persistAndFlushTerm(EngineEntries.MODEL
                    .createRaftTermPersistentStateBuilder()
                    .setTerm(newTerm)
                    .setVotedFor(null)
                    .build());
        }
    }

    /** Whether an engine ever began to write here. */
    boolean isUsed() {
        return endpoint != null && founders != null;
    }

    /** What an engine is built from anew; it holds no entries at or before its snapshot, so neither does the store then. */
    RestoredRaftState restore() {
        dropPartial();
        entries.headMap(snapshotIndex, true).clear();
        RaftTermPersistentState restored = term != null
                ? term
                : EngineEntries.MODEL
                        .createRaftTermPersistentStateBuilder()
                        .setTerm(0)
                        .setVotedFor(null)
                        .build();
        return new RestoredRaftState(
                Objects.requireNonNull(endpoint, "endpoint"),
                Objects.requireNonNull(founders, "founders"),
                restored,
                snapshot(),
                new ArrayList<>(entries.values()));
    }

    private @Nullable SnapshotEntry snapshot() {
        NavigableMap<Integer, SnapshotChunk> parts = chunks.get(snapshotIndex);
        if (snapshotIndex == 0 || parts == null) {
            return null;
        }
        return EngineEntries.MODEL
                .createSnapshotEntryBuilder()
                .setIndex(snapshotIndex)
                .setTerm(snapshotTerm)
                .setSnapshotChunks(new ArrayList<>(parts.values()))
                .setGroupMembersView(parts.firstEntry().getValue().getGroupMembersView())
                .build();
    }
}
