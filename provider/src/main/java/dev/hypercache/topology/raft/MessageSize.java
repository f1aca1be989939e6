package dev.hypercache.topology.raft;

import dev.hypercache.topology.raft.LogOperation.Founding;
import dev.hypercache.topology.raft.LogOperation.Propose;
import dev.hypercache.topology.raft.LogOperation.TermBegin;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.RaftMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps messages of the engine within a frame. The engine counts entries, not bytes; a request with fewer of them is as good, and
 * the follower's answer says how far it got.
 */
final class MessageSize {

    private static final int BYTES_MAX = RaftTopologyLog.CHANGE_BYTES_MAX;

    private MessageSize() {}

    static RaftMessage bounded(RaftMessage message) {
        if (!(message instanceof AppendEntriesRequest request)) {
            return message;
        }
        List<LogEntry> entries = request.getLogEntries();
        int count = 0;
        long bytes = 0;
        while (count < entries.size() && bytes <= BYTES_MAX) {
            bytes += bytesOf(entries.get(count).getOperation());
            count += bytes <= BYTES_MAX || count == 0 ? 1 : 0;
        }
        if (count == entries.size()) {
            return message;
        }
        return EngineEntries.MODEL
                .createAppendEntriesRequestBuilder()
                .setGroupId(request.getGroupId())
                .setSender(request.getSender())
                .setTerm(request.getTerm())
                .setPreviousLogIndex(request.getPreviousLogIndex())
                .setPreviousLogTerm(request.getPreviousLogTerm())
                .setCommitIndex(request.getCommitIndex())
                .setLogEntries(new ArrayList<>(entries.subList(0, count)))
                .setQuerySequenceNumber(request.getQuerySequenceNumber())
                .setFlowControlSequenceNumber(request.getFlowControlSequenceNumber())
                .build();
    }

    private static long bytesOf(Object operation) {
        if (operation instanceof Propose propose) {
            return propose.change().length();
        }
        Founding founding = operation instanceof TermBegin begin ? begin.founding() : null;
        return founding == null ? 0 : founding.bytes();
    }
}
