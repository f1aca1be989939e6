package dev.hypercache.topology.raft;

import static dev.hypercache.topology.raft.EngineEntries.MODEL;

import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;

/**
 * The layout of the engine's ten messages. Group and sender do not stand in them: the frame's head names the group, and who
 * sent is who the connection is with.
 */
final class EngineMessages {

    static final int APPEND = 1;
    static final int APPENDED = 2;
    static final int NOT_APPENDED = 3;
    static final int INSTALL = 4;
    static final int INSTALL_MORE = 5;
    static final int PRE_VOTE = 6;
    static final int PRE_VOTED = 7;
    static final int VOTE = 8;
    static final int VOTED = 9;
    static final int TRIGGER = 10;

    private EngineMessages() {}

    static int kind(RaftMessage message) {
        if (message instanceof AppendEntriesRequest) {
            return APPEND;
        } else if (message instanceof AppendEntriesSuccessResponse) {
            return APPENDED;
        } else if (message instanceof ShortLog) {
            return NOT_APPENDED;
        } else if (message instanceof InstallSnapshotRequest) {
            return INSTALL;
        } else if (message instanceof InstallSnapshotResponse) {
            return INSTALL_MORE;
        } else if (message instanceof PreVoteRequest) {
            return PRE_VOTE;
        } else if (message instanceof PreVoteResponse) {
            return PRE_VOTED;
        } else if (message instanceof VoteRequest) {
            return VOTE;
        } else if (message instanceof VoteResponse) {
            return VOTED;
        } else if (message instanceof TriggerLeaderElectionRequest) {
            return TRIGGER;
        }
        throw new IllegalStateException("no message of the engine: " + message);
    }

    static void put(WireWriter out, RaftMessage message) {
        out.put4(message.getTerm());
        if (message instanceof AppendEntriesRequest m) {
            out.put4(m.getPreviousLogTerm()).put8(m.getPreviousLogIndex()).put8(m.getCommitIndex());
            putRounds(out, m.getQuerySequenceNumber(), m.getFlowControlSequenceNumber());
            EngineEntries.putEntries(out, m.getLogEntries());
        } else if (message instanceof AppendEntriesSuccessResponse m) {
            out.put8(m.getLastLogIndex());
            putRounds(out, m.getQuerySequenceNumber(), m.getFlowControlSequenceNumber());
        } else if (message instanceof ShortLog m) {
            out.put8(m.getExpectedNextIndex());
            putRounds(out, m.getQuerySequenceNumber(), m.getFlowControlSequenceNumber());
            out.put8(m.lastIndex());
        } else if (message instanceof InstallSnapshotRequest m) {
            putInstall(out, m);
        } else if (message instanceof InstallSnapshotResponse m) {
            out.put8(m.getSnapshotIndex()).put4(m.getRequestedSnapshotChunkIndex());
            putRounds(out, m.getQuerySequenceNumber(), m.getFlowControlSequenceNumber());
        } else {
            putElection(out, message);
        }
    }

    private static void putInstall(WireWriter out, InstallSnapshotRequest m) {
        out.flag(m.isSenderLeader()).put4(m.getSnapshotTerm()).put8(m.getSnapshotIndex());
        out.put4(m.getTotalSnapshotChunkCount());
        EngineEntries.putEndpoints(out, m.getSnapshottedMembers());
        EngineEntries.putView(out, m.getGroupMembersView());
        putRounds(out, m.getQuerySequenceNumber(), m.getFlowControlSequenceNumber());
        EngineEntries.putChunk(out, m.getSnapshotChunk());
    }

    private static void putElection(WireWriter out, RaftMessage message) {
        if (message instanceof PreVoteRequest m) {
            out.put4(m.getLastLogTerm()).put8(m.getLastLogIndex());
        } else if (message instanceof PreVoteResponse m) {
            out.flag(m.isGranted());
        } else if (message instanceof VoteRequest m) {
            out.put4(m.getLastLogTerm()).put8(m.getLastLogIndex()).flag(m.isSticky());
        } else if (message instanceof VoteResponse m) {
            out.flag(m.isGranted());
        } else if (message instanceof TriggerLeaderElectionRequest m) {
            out.put4(m.getLastLogTerm()).put8(m.getLastLogIndex());
        }
    }

    private static void putRounds(WireWriter out, long query, long flow) {
        out.put8(query).put8(flow);
    }

    static RaftMessage take(int kind, Object group, RaftEndpoint sender, WireReader in) throws MalformedFrameException {
        int term = in.term();
        switch (kind) {
            case APPEND:
                return takeAppend(group, sender, term, in);
            case APPENDED:
                return MODEL.createAppendEntriesSuccessResponseBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setLastLogIndex(in.index())
                        .setQuerySequenceNumber(in.index())
                        .setFlowControlSequenceNumber(in.index())
                        .build();
            case NOT_APPENDED:
                AppendEntriesFailureResponse answer = MODEL.createAppendEntriesFailureResponseBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setExpectedNextIndex(in.index())
                        .setQuerySequenceNumber(in.index())
                        .setFlowControlSequenceNumber(in.index())
                        .build();
                return new ShortLog(answer, in.index());
            case INSTALL:
                return takeInstall(group, sender, term, in);
            case INSTALL_MORE:
                return MODEL.createInstallSnapshotResponseBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setSnapshotIndex(in.index())
                        .setRequestedSnapshotChunkIndex(in.within(0, Integer.MAX_VALUE - 1))
                        .setQuerySequenceNumber(in.index())
                        .setFlowControlSequenceNumber(in.index())
                        .build();
            default:
                return takeElection(kind, group, sender, term, in);
        }
    }

    private static RaftMessage takeAppend(Object group, RaftEndpoint sender, int term, WireReader in)
            throws MalformedFrameException {
        int previousTerm = in.term();
        long previous = in.index();
        AppendEntriesRequest request = MODEL.createAppendEntriesRequestBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setPreviousLogTerm(previousTerm)
                .setPreviousLogIndex(previous)
                .setCommitIndex(in.index())
                .setQuerySequenceNumber(in.index())
                .setFlowControlSequenceNumber(in.index())
                .setLogEntries(EngineEntries.takeEntries(in))
                .build();
        boolean isGap = !request.getLogEntries().isEmpty()
                && request.getLogEntries().get(0).getIndex() != previous + 1;
        if (isGap || term == 0) {
            throw new MalformedFrameException("entries that do not follow " + previous + ", or no leader's");
        }
        return request;
    }

    private static RaftMessage takeInstall(Object group, RaftEndpoint sender, int term, WireReader in)
            throws MalformedFrameException {
        return MODEL.createInstallSnapshotRequestBuilder()
                .setGroupId(group)
                .setSender(sender)
                .setTerm(term)
                .setSenderLeader(in.flag())
                .setSnapshotTerm(in.term())
                .setSnapshotIndex(in.index())
                .setTotalSnapshotChunkCount(EngineEntries.takePartCount(in))
                .setSnapshottedMembers(EngineEntries.takeEndpoints(in))
                .setGroupMembersView(EngineEntries.takeView(in))
                .setQuerySequenceNumber(in.index())
                .setFlowControlSequenceNumber(in.index())
                .setSnapshotChunk(EngineEntries.takeChunk(in))
                .build();
    }

    private static RaftMessage takeElection(int kind, Object group, RaftEndpoint sender, int term, WireReader in)
            throws MalformedFrameException {
        switch (kind) {
            case PRE_VOTE:
                return MODEL.createPreVoteRequestBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setLastLogTerm(in.term())
                        .setLastLogIndex(in.index())
                        .build();
            case PRE_VOTED:
                return MODEL.createPreVoteResponseBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setGranted(in.flag())
                        .build();
            case VOTE:
                return MODEL.createVoteRequestBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setLastLogTerm(in.term())
                        .setLastLogIndex(in.index())
                        .setSticky(in.flag())
                        .build();
            case VOTED:
                return MODEL.createVoteResponseBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setGranted(in.flag())
                        .build();
            case TRIGGER:
                return MODEL.createTriggerLeaderElectionRequestBuilder()
                        .setGroupId(group)
                        .setSender(sender)
                        .setTerm(term)
                        .setLastLogTerm(in.term())
                        .setLastLogIndex(in.index())
                        .build();
            default:
                throw new MalformedFrameException("no kind of message: " + kind);
        }
    }
}
