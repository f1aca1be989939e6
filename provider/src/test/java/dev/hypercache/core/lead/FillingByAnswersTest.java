package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.junit.jupiter.api.Test;

/** Answers alone keep a copy filling: what does not fit into the window at first follows as there is room, not when time passes. */
final class FillingByAnswersTest {

    private static final int LEADER = 1;
    private static final int LEARNER = 4;
    private static final int RECORDS = 5_000;
    private static final SlotConfiguration FILLING =
            new SlotConfiguration(1, MemberSet.of(LEADER, 2, 3), MemberSet.EMPTY, MemberSet.of(LEARNER));
    private static final long BEFORE = new Ballot(1, 1, LEADER).packed();
    private static final long NOW = new Ballot(1, 2, LEADER).packed();

    private final LeaderBench bench = new LeaderBench(FILLING);

    private void hold(int member) {
        for (int i = 1; i <= RECORDS; i++) {
            RecordKey name = new RecordKey(1, KeyBytes.of(1, new byte[] {1, (byte) (i >> 8), (byte) i}));
            StoredRecord record = StoredRecord.value("a value", BEFORE, i, Long.MAX_VALUE);
            SlotState state = bench.state(member);
            state.apply(state.promise().ballot(), new RecordEntry(name, record, Lineage.EMPTY, null));
        }
    }

    @Test
    void copyIsFilledByAnswersAlone() {
        for (int voter : FILLING.voters().toArray()) {
            hold(voter);
        }
        Leadership leadership = bench.leadership(LEADER, NOW, LeaderBench.HOLD_LIMITS, LeaderBench.NOBODY);
        leadership.start(0);
        bench.deliver(leadership, 0, sent -> false);
        leadership.tick(0); // Asks the learner.
        bench.deliver(leadership, 0, sent -> false);

        assertThat(leadership.isCaughtUp(LEARNER)).isTrue();
        assertThat(bench.state(LEARNER).contents().versions()).hasSize(RECORDS);
    }
}
