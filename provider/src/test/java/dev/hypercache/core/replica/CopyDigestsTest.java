package dev.hypercache.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.CopyDigest;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When two copies of a slot count as holding the same. */
final class CopyDigestsTest {

    private static final int MINE = 1;
    private static final MemberSet VOTERS = MemberSet.of(MINE, 2, 3);
    private static final SlotConfiguration STABLE = SlotConfiguration.stable(1, VOTERS);
    private static final SlotConfiguration SWITCH =
            new SlotConfiguration(2, VOTERS, MemberSet.of(MINE, 3, 4), MemberSet.EMPTY);
    private static final SlotConfiguration LATER = SlotConfiguration.stable(3, MemberSet.of(MINE, 3, 4));
    private static final long BALLOT = new Ballot(1, 1, MINE).packed();
    private static final RecordKey NAME = new RecordKey(7, KeyBytes.of(7, new byte[] {1}));

    private final SlotState own = copy();
    private final SlotState other = copy();

    private static SlotState copy() {
        return new SlotState(0, 1, STABLE, cache -> new HeapEntryStore<>(), 5_500, new FingerprintKey(1, 2));
    }

    private static void hold(SlotState copy, StoredRecord record) {
        copy.apply(BALLOT, new RecordEntry(NAME, record, Lineage.EMPTY, null));
    }

    private static StoredRecord value(long sequence, long expiresAtMillis) {
        return StoredRecord.value("v" + sequence, BALLOT, sequence, expiresAtMillis);
    }

    private CopyDigest digest() {
        return Objects.requireNonNull(CopyDigests.of(own, MINE, NAME, 0), "held")
                .digest();
    }

    private boolean isSame() {
        return CopyDigests.isHeld(other, digest());
    }

    @Test
    void copiesThatHoldNothingHoldTheSame() {
        assertThat(isSame()).isTrue();
    }

    @Test
    void sameVersionIsTheSame() {
        hold(own, value(1, StoredRecord.NEVER));
        assertThat(isSame()).as("one of them has it").isFalse();
        hold(other, value(1, StoredRecord.NEVER));
        assertThat(isSame()).isTrue();
        hold(other, value(2, StoredRecord.NEVER));
        assertThat(isSame()).as("the other one has a newer one").isFalse();
    }

    @Test
    void tombstoneIsNotTheSameAsNothing() {
        hold(own, StoredRecord.tombstone(BALLOT, 1));
        assertThat(isSame()).isFalse();
        hold(other, StoredRecord.tombstone(BALLOT, 1));
        assertThat(isSame()).isTrue();
    }

    @Test
    void clearOfOneCopyIsADifference() {
        ClearMark mark =
                new ClearMark(7, new Version(BALLOT, 5), new Version(BALLOT, 5), List.of(), Lineage.EMPTY, List.of());
        own.clear(BALLOT, mark);
        assertThat(isSame()).isFalse();
        other.clear(BALLOT, mark);
        assertThat(isSame()).isTrue();
    }

    @Test
    void whatIsOverForTheOtherCopyIsForTheLeader() {
        hold(own, value(1, 1_000));
        hold(other, value(1, 1_000));
        assertThat(isSame()).isTrue();
        other.advanceTo(1_000);
        assertThat(isSame()).isFalse();
    }

    @Test
    void copiesOfDifferentEpochsDoNotCountTogether() {
        CopyDigest before = digest();
        other.configure(SWITCH);
        assertThat(CopyDigests.isHeld(other, before)).as("in a switch").isFalse();
        own.configure(SWITCH);
        assertThat(CopyDigests.of(own, MINE, NAME, 0)).as("in a switch").isNull();
        other.configure(LATER);
        assertThat(CopyDigests.isHeld(other, before)).as("after a switch").isFalse();
        own.configure(LATER);
        assertThat(isSame()).isTrue();
    }

    @Test
    void onlyVotersCount() {
        assertThat(CopyDigests.of(own, 4, NAME, 0)).isNull();
    }

    @Test
    void whatIsOverByAnyClockIsForTheLeaderToTell() {
        hold(own, value(1, 1_000));
        assertThat(CopyDigests.of(own, MINE, NAME, 999)).isNotNull();
        assertThat(CopyDigests.of(own, MINE, NAME, 1_000))
                .as("by the reader's clock")
                .isNull();

        own.advanceTo(1_000);
        assertThat(CopyDigests.of(own, MINE, NAME, 999)).as("by slot time").isNull();
    }
}
