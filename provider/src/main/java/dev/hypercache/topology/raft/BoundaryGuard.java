package dev.hypercache.topology.raft;

import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does by hand what the engine does wrong where its snapshot ends (M1).
 *
 * <p>A voter that holds a snapshot and only uncommitted entries behind it refuses everything that follows the snapshot, so a
 * leader deposed right after one never catches up. Raft (§5.3) says what is right: entries that are the same are passed over,
 * and from the first that differs on the voter's own go. The first is a shorter request, which the engine understands; the
 * second is done in the store, and the engine is built anew from it.
 *
 * <p>Also keeps a request from taking the commit index back (M8), which it may by the letter of the engine: one that ends
 * before what is committed here says nothing new about it.
 */
final class BoundaryGuard {

    /**
     * What to do with a request.
     *
     * @param request what the engine is given; null if the store was cut and the engine is to be built anew
     */
    record Verdict(@Nullable AppendEntriesRequest request) {}

    private final RetainedStore store;

    BoundaryGuard(RetainedStore store) {
        this.store = store;
    }

    /**
     * Looks at a request of the leader of a term that is not over.
     *
     * @param commitIndex what is committed here
     * @throws IllegalStateException if the leader contradicts what is committed: agreement is lost, and this voter stops
     */
    Verdict look(AppendEntriesRequest request, LongSupplier commitIndex) {
        if (!isAtBoundary(request)) {
            return new Verdict(keepCommitted(request, commitIndex));
        }
        List<LogEntry> entries = request.getLogEntries();
        int same = 0;
        while (same < entries.size() && isHeld(entries.get(same))) {
            same++;
        }
        if (same > 0) {
            return new Verdict(keepCommitted(behind(request, same), commitIndex));
        }
        long first = entries.get(0).getIndex();
        if (commitIndex.getAsLong() >= first) {
            throw new IllegalStateException("the topology log's leader " + request.getSender() + " contradicts entry "
                    + first + ", which is committed here");
        }
        store.truncateLogEntriesFrom(first);
        store.raiseTerm(request.getTerm());
        return new Verdict(null);
    }

    private boolean isAtBoundary(AppendEntriesRequest request) {
        long snapshot = store.snapshotIndex();
        return snapshot > 0
                && !request.getLogEntries().isEmpty()
                && request.getPreviousLogIndex() == snapshot
                && request.getPreviousLogTerm() == store.snapshotTerm()
                && store.entry(snapshot) == null
                && store.entry(snapshot + 1) != null;
    }

    private boolean isHeld(LogEntry entry) {
        LogEntry held = store.entry(entry.getIndex());
        return held != null && held.getTerm() == entry.getTerm();
    }

    private static AppendEntriesRequest behind(AppendEntriesRequest request, int same) {
        List<LogEntry> entries = request.getLogEntries();
        LogEntry previous = entries.get(same - 1);
        return copy(
                request, previous, request.getCommitIndex(), new ArrayList<>(entries.subList(same, entries.size())));
    }

    private static AppendEntriesRequest keepCommitted(AppendEntriesRequest request, LongSupplier commitIndex) {
        long last = request.getPreviousLogIndex() + request.getLogEntries().size();
        if (last >= request.getCommitIndex()) {
            return request; // The usual: nothing is committed that the follower is not being sent.
        }
        long committed = commitIndex.getAsLong();
        return last >= committed
                ? request
                : copy(request, null, Math.min(committed, request.getCommitIndex()), request.getLogEntries());
    }

    private static AppendEntriesRequest copy(
            AppendEntriesRequest request, @Nullable LogEntry previous, long commitIndex, List<LogEntry> entries) {
        return EngineEntries.MODEL
                .createAppendEntriesRequestBuilder()
                .setGroupId(request.getGroupId())
                .setSender(request.getSender())
                .setTerm(request.getTerm())
                .setPreviousLogIndex(previous == null ? request.getPreviousLogIndex() : previous.getIndex())
                .setPreviousLogTerm(previous == null ? request.getPreviousLogTerm() : previous.getTerm())
                .setCommitIndex(commitIndex)
                .setLogEntries(entries)
                .setQuerySequenceNumber(request.getQuerySequenceNumber())
                .setFlowControlSequenceNumber(request.getFlowControlSequenceNumber())
                .build();
    }
}
