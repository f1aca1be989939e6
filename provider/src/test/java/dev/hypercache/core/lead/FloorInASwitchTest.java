package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A leader in a switch hears late of a floor that lies above a tombstone, which it has yet to bring to the new voters. */
final class FloorInASwitchTest {

    private static final int LEADER = 1;
    private static final int LEAVING = 2;
    private static final int LATE = 3;
    private static final int INCOMING = 4;
    private static final SlotConfiguration SWITCH = new SlotConfiguration(
            2, MemberSet.of(LEADER, LEAVING, LATE), MemberSet.of(LEADER, LATE, INCOMING), MemberSet.EMPTY);

    private static final long BEFORE = new Ballot(1, 1, LEADER).packed();
    private static final long NOW = new Ballot(2, 1, LEADER).packed();
    private static final RecordKey NAME = new RecordKey(1, KeyBytes.of(1, new byte[] {1}));

    private final LeaderBench bench = new LeaderBench(SWITCH);

    private void holdsTombstone(int member) {
        StoredRecord tombstone = StoredRecord.tombstone(BEFORE, 3);
        SlotState state = bench.state(member);
        state.apply(state.promise().ballot(), new RecordEntry(NAME, tombstone, Lineage.EMPTY, null));
    }

    /** Messages arrive and are answered, but for those of one member; null for nobody. */
    private void deliver(Leadership leadership, @Nullable Integer silent) {
        bench.deliver(leadership, 0, sent -> Integer.valueOf(sent.to()).equals(silent));
    }

    @Test
    void tombstoneIsBroughtToTheNewVotersBeforeTheFloorTakesIt() {
        holdsTombstone(LEADER);
        holdsTombstone(LEAVING);
        bench.state(LATE).raiseFloor(new Version(BEFORE, 5));
        Leadership leadership = bench.leadership(LEADER, NOW, LeaderBench.HOLD_LIMITS, LeaderBench.NOBODY);

        leadership.start(0);
        deliver(leadership, LATE);
        assertThat(leadership.isServing()).isTrue();
        assertThat(leadership.isSwitchComplete()).isFalse();

        bench.deliver(leadership, 0, LATE, new Prepare(0, NOW));
        for (long now = 0; now < 3_000; now += 10) {
            leadership.tick(now);
            deliver(leadership, null);
        }

        assertThat(leadership.isSwitchComplete()).isTrue();
        assertThat(List.of(bench.state(LEADER).floor(), bench.state(LATE).floor()))
                .containsOnly(new Version(BEFORE, 5));
    }
}
