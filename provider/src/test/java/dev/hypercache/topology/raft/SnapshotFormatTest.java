package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.topology.raft.LogOperation.SnapshotPart;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.message.InstallSnapshotRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotFormatTest {

    private static LedgerState state(int changes, boolean summedUp) {
        LedgerState state = new LedgerState(null);
        for (int i = 0; i < changes; i++) {
            state.append(new ChangeId(i, 1), Payload.of(new byte[300_000]));
        }
        if (summedUp) {
            state.forget(new TopologyPage.Checkpoint(2, Payload.of(new byte[500_000])));
        }
        return state;
    }

    @Test
    void partsMakeTheSameStateAgain() throws Exception {
        List<SnapshotPart> parts = SnapshotFormat.write(state(5, true));

        LedgerState read = SnapshotFormat.read(parts);

        assertThat(parts).hasSizeGreaterThan(3);
        assertThat(read.lastIndex()).isEqualTo(5);
        assertThat(read.changes()).hasSize(3);
        assertThat(read.find(new ChangeId(4, 1))).isEqualTo(5);
        assertThat(SnapshotFormat.write(read)).isEqualTo(parts);
    }

    @Test
    void partsOfTwoSnapshotsMakeNone() {
        List<SnapshotPart> parts = new ArrayList<>(SnapshotFormat.write(state(5, true)));
        parts.set(1, SnapshotFormat.write(state(5, false)).get(1));

        assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> SnapshotFormat.read(parts));
    }

    @Test
    void watchSeesThatPartsOfTwoSnapshotsComeTogether() {
        SnapshotWatch watch = new SnapshotWatch();
        List<SnapshotPart> of = SnapshotFormat.write(state(5, true));
        List<SnapshotPart> other = SnapshotFormat.write(state(5, false));
        assertThat(watch.isMixed(request(100, of.size(), null))).isFalse();
        assertThat(watch.isMixed(request(100, of.size(), of.get(0)))).isFalse();
        assertThat(watch.isMixed(request(100, of.size(), of.get(1)))).isFalse();

        assertThat(watch.isMixed(request(100, of.size(), other.get(1)))).isTrue();
        assertThat(watch.isMixed(request(100, of.size() + 1, null))).isTrue();
        assertThat(watch.isMixed(request(200, other.size(), other.get(1)))).isFalse();
        watch.reset();
        assertThat(watch.isMixed(request(100, 1, null))).isFalse();
    }

    private static InstallSnapshotRequest request(long index, int count, SnapshotPart part) {
        List<RaftEndpoint> voters = EngineEndpoint.all(List.of(Lab.id(1)));
        RaftGroupMembersView view = EngineEntries.MODEL
                .createRaftGroupMembersViewBuilder()
                .setLogIndex(0)
                .setMembers(voters)
                .setVotingMembers(voters)
                .build();
        return EngineEntries.MODEL
                .createInstallSnapshotRequestBuilder()
                .setGroupId(Lab.RING)
                .setSender(voters.get(0))
                .setTerm(3)
                .setSenderLeader(true)
                .setSnapshotTerm(2)
                .setSnapshotIndex(index)
                .setTotalSnapshotChunkCount(count)
                .setSnapshotChunk(
                        part == null
                                ? null
                                : EngineEntries.MODEL
                                        .createSnapshotChunkBuilder()
                                        .setIndex(index)
                                        .setTerm(2)
                                        .setSnapshotChunkIndex(0)
                                        .setSnapshotChunkCount(count)
                                        .setGroupMembersView(view)
                                        .setOperation(part)
                                        .build())
                .setSnapshottedMembers(voters)
                .setGroupMembersView(view)
                .build();
    }
}
