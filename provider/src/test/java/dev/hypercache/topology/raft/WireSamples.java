package dev.hypercache.topology.raft;

import static dev.hypercache.topology.raft.EngineEntries.MODEL;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.topology.raft.LogOperation.Founding;
import dev.hypercache.topology.raft.LogOperation.Propose;
import dev.hypercache.topology.raft.LogOperation.SnapshotPart;
import dev.hypercache.topology.raft.LogOperation.TermBegin;
import dev.hypercache.topology.raft.TopologyMessage.Answer;
import dev.hypercache.topology.raft.TopologyMessage.Call;
import dev.hypercache.topology.raft.TopologyMessage.CheckpointPart;
import dev.hypercache.topology.raft.TopologyMessage.OfEngine;
import dev.hypercache.topology.raft.TopologyMessage.Page;
import dev.hypercache.topology.raft.TopologyMessage.Pull;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.message.RaftMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One frame or more of each kind. */
final class WireSamples {

    static final RingId RING = new RingId(new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L), 3);
    static final NodeId FROM = new NodeId("n1", new Incarnation(5));

    private static final NodeId OTHER = new NodeId("node-2", new Incarnation(258));
    private static final RaftEndpoint SENDER = new EngineEndpoint(FROM);
    private static final List<RaftEndpoint> BOTH = EngineEndpoint.all(List.of(FROM, OTHER));

    private WireSamples() {}

    static Map<String, TopologyMessage> all() {
        Map<String, TopologyMessage> samples = new LinkedHashMap<>();
        ofEngine().forEach((name, message) -> samples.put(name, new OfEngine(message)));
        samples.put("call", new Call(7, new Propose(4, new ChangeId(1, -2), bytes(1, 2, 3))));
        samples.put("call for the last index", new Call(8, null));
        samples.put("answer", new Answer(7, new LeaderAnswer(LeaderAnswer.Kind.CONFLICT, 9), OTHER));
        samples.put("answer of a stranger to the leader", new Answer(7, LeaderAnswer.NOT_LEADER, null));
        samples.put("pull", new Pull(12, 10, 262_144));
        samples.put(
                "page",
                new Page(
                        13,
                        FROM,
                        List.of(FROM, OTHER),
                        List.of(new TopologyChange(12, bytes(1)), new TopologyChange(13, bytes(2, 3)))));
        samples.put("empty page", new Page(13, null, List.of(), List.of()));
        samples.put("checkpoint part", new CheckpointPart(10, 6, 2, bytes(3, 4, 5, 6)));
        return samples;
    }

    private static Map<String, RaftMessage> ofEngine() {
        Map<String, RaftMessage> samples = new LinkedHashMap<>();
        samples.put("append", append(List.of()));
        samples.put(
                "append entries",
                append(List.of(
                        entry(41, new TermBegin(new Founding(null, bytes(9)))),
                        entry(42, new TermBegin(null)),
                        entry(43, new Propose(7, new ChangeId(3, 4), bytes(5, 6))),
                        entry(
                                44,
                                MODEL.createUpdateRaftGroupMembersOpBuilder()
                                        .setMembers(BOTH)
                                        .setVotingMembers(BOTH)
                                        .setEndpoint(new EngineEndpoint(OTHER))
                                        .setMode(MembershipChangeMode.ADD_OR_PROMOTE_TO_FOLLOWER)
                                        .build()))));
        samples.put(
                "append a beginning",
                append(List.of(entry(
                        41, new TermBegin(new Founding(new TopologyPage.Checkpoint(8, bytes(1, 2)), bytes(9)))))));
        samples.put(
                "appended",
                MODEL.createAppendEntriesSuccessResponseBuilder()
                        .setGroupId(RING)
                        .setSender(SENDER)
                        .setTerm(6)
                        .setLastLogIndex(44)
                        .setQuerySequenceNumber(2)
                        .setFlowControlSequenceNumber(3)
                        .build());
        samples.put(
                "not appended",
                new ShortLog(
                        MODEL.createAppendEntriesFailureResponseBuilder()
                                .setGroupId(RING)
                                .setSender(SENDER)
                                .setTerm(6)
                                .setExpectedNextIndex(41)
                                .setQuerySequenceNumber(2)
                                .setFlowControlSequenceNumber(3)
                                .build(),
                        17));
        samples.put("install", install(false));
        samples.put("install a part", install(true));
        samples.put(
                "install more",
                MODEL.createInstallSnapshotResponseBuilder()
                        .setGroupId(RING)
                        .setSender(SENDER)
                        .setTerm(6)
                        .setSnapshotIndex(100)
                        .setRequestedSnapshotChunkIndex(1)
                        .setQuerySequenceNumber(2)
                        .setFlowControlSequenceNumber(3)
                        .build());
        elections(samples);
        return samples;
    }

    private static void elections(Map<String, RaftMessage> samples) {
        samples.put(
                "pre-vote",
                MODEL.createPreVoteRequestBuilder()
                        .setGroupId(RING)
                        .setSender(SENDER)
                        .setTerm(6)
                        .setLastLogTerm(5)
                        .setLastLogIndex(44)
                        .build());
        samples.put(
                "pre-voted",
                MODEL.createPreVoteResponseBuilder()
                        .setGroupId(RING)
                        .setSender(SENDER)
                        .setTerm(6)
                        .setGranted(true)
                        .build());
        samples.put(
                "vote",
                MODEL.createVoteRequestBuilder()
                        .setGroupId(RING)
                        .setSender(SENDER)
                        .setTerm(6)
                        .setLastLogTerm(5)
                        .setLastLogIndex(44)
                        .setSticky(true)
                        .build());
        samples.put(
                "voted",
                MODEL.createVoteResponseBuilder()
                        .setGroupId(RING)
                        .setSender(SENDER)
                        .setTerm(6)
                        .setGranted(false)
                        .build());
        samples.put(
                "trigger",
                MODEL.createTriggerLeaderElectionRequestBuilder()
                        .setGroupId(RING)
                        .setSender(SENDER)
                        .setTerm(6)
                        .setLastLogTerm(5)
                        .setLastLogIndex(44)
                        .build());
    }

    private static RaftMessage append(List<LogEntry> entries) {
        return MODEL.createAppendEntriesRequestBuilder()
                .setGroupId(RING)
                .setSender(SENDER)
                .setTerm(6)
                .setPreviousLogTerm(5)
                .setPreviousLogIndex(40)
                .setCommitIndex(39)
                .setLogEntries(entries)
                .setQuerySequenceNumber(2)
                .setFlowControlSequenceNumber(3)
                .build();
    }

    private static LogEntry entry(long index, Object operation) {
        return MODEL.createLogEntryBuilder()
                .setIndex(index)
                .setTerm(5)
                .setOperation(operation)
                .build();
    }

    private static RaftMessage install(boolean part) {
        RaftGroupMembersView view = MODEL.createRaftGroupMembersViewBuilder()
                .setLogIndex(44)
                .setMembers(BOTH)
                .setVotingMembers(BOTH)
                .build();
        return MODEL.createInstallSnapshotRequestBuilder()
                .setGroupId(RING)
                .setSender(SENDER)
                .setTerm(6)
                .setSenderLeader(true)
                .setSnapshotTerm(5)
                .setSnapshotIndex(100)
                .setTotalSnapshotChunkCount(2)
                .setSnapshotChunk(
                        !part
                                ? null
                                : MODEL.createSnapshotChunkBuilder()
                                        .setIndex(100)
                                        .setTerm(5)
                                        .setSnapshotChunkIndex(1)
                                        .setSnapshotChunkCount(2)
                                        .setGroupMembersView(view)
                                        .setOperation(new SnapshotPart(77, bytes(8, 9)))
                                        .build())
                .setSnapshottedMembers(List.of(SENDER))
                .setGroupMembersView(view)
                .setQuerySequenceNumber(2)
                .setFlowControlSequenceNumber(3)
                .build();
    }

    private static Payload bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Payload.of(bytes);
    }
}
