package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.Follower;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
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

    private record Sent(int to, Message message) {}

    private final Map<Integer, SlotState> states = new TreeMap<>();
    private final ArrayDeque<Sent> network = new ArrayDeque<>();

    private SlotState state(int member) {
        return states.computeIfAbsent(
                member,
                unused ->
                        new SlotState(0, 1, FILLING, cache -> new HeapEntryStore<>(), 5_500, new FingerprintKey(1, 2)));
    }

    private Leadership leadership() {
        return new Leadership(
                state(LEADER),
                NOW,
                new Leadership.Surroundings(
                        LEADER,
                        (member, message) -> network.add(new Sent(member, message)),
                        Object::equals,
                        (name, change, before, after) -> {},
                        new HoldLimits(1_500, 1_000, 3_000),
                        new HintLedger(new HintLimits(true, 3_600_000, 200, 1_000, 1_000, 1 << 20)),
                        new Moves(new MoveLimits(1, 1L << 40)),
                        500,
                        member -> true));
    }

    private void hold(int member) {
        for (int i = 1; i <= RECORDS; i++) {
            RecordKey name = new RecordKey(1, KeyBytes.of(1, new byte[] {1, (byte) (i >> 8), (byte) i}));
            StoredRecord record = StoredRecord.value("a value", BEFORE, i, Long.MAX_VALUE);
            state(member).apply(state(member).promise().ballot(), new RecordEntry(name, record, Lineage.EMPTY, null));
        }
    }

    private void deliver(Leadership leadership) {
        for (Sent one = network.poll(); one != null; one = network.poll()) {
            Follower follower = new Follower(state(one.to()));
            if (one.message() instanceof Prepare prepare && follower.answer(prepare) instanceof Promise promise) {
                leadership.on(one.to(), promise, 0);
            } else if (one.message() instanceof AskVersions ask) {
                int member = one.to();
                follower.answer(ask).forEach(page -> leadership.on(member, (VersionPage) page, 0));
            } else if (one.message() instanceof Accept accept && follower.answer(accept) instanceof Accepted accepted) {
                leadership.on(one.to(), accepted, 0);
            }
        }
    }

    @Test
    void copyIsFilledByAnswersAlone() {
        for (int voter : FILLING.voters().toArray()) {
            hold(voter);
        }
        Leadership leadership = leadership();
        state(LEADER).admit(NOW);
        leadership.start(0);
        deliver(leadership);
        leadership.tick(0); // Asks the learner.
        deliver(leadership);

        assertThat(leadership.isCaughtUp(LEARNER)).isTrue();
        assertThat(state(LEARNER).contents().versions()).hasSize(RECORDS);
    }
}
