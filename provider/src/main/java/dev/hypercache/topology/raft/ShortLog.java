package dev.hypercache.topology.raft;

import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesFailureResponse;

/**
 * A follower's answer that entries do not follow what it has, with where its log ends: the engine's own answer does not say so.
 *
 * @param answer what the engine says
 * @param lastIndex the last entry that the follower has; 0 for none
 */
record ShortLog(AppendEntriesFailureResponse answer, long lastIndex) implements AppendEntriesFailureResponse {

    @Override
    public Object getGroupId() {
        return answer.getGroupId();
    }

    @Override
    public RaftEndpoint getSender() {
        return answer.getSender();
    }

    @Override
    public int getTerm() {
        return answer.getTerm();
    }

    @Override
    public long getExpectedNextIndex() {
        return answer.getExpectedNextIndex();
    }

    @Override
    public long getQuerySequenceNumber() {
        return answer.getQuerySequenceNumber();
    }

    @Override
    public long getFlowControlSequenceNumber() {
        return answer.getFlowControlSequenceNumber();
    }
}
