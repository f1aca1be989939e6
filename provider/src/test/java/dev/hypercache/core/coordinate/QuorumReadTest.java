package dev.hypercache.core.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom a read of a majority asks, and when. */
final class QuorumReadTest {

    private static final int SLOT = 5;
    private static final RecordKey NAME = new RecordKey(7, KeyBytes.of(7, new byte[] {1}));

    private final List<Integer> asked = new ArrayList<>();
    private final Set<Integer> silent = new TreeSet<>();
    private int leader = Rejected.NOBODY;
    private int answers;

    private final class FixedRouting implements Routing {
        @Override
        public int self() {
            return 9;
        }

        @Override
        public SlotConfiguration configuration(int slot) {
            return SlotConfiguration.stable(1, MemberSet.of(1, 2, 3));
        }

        @Override
        public int leader(int slot) {
            return leader;
        }

        @Override
        public void heardOfLeader(int slot, int newLeader) {
            throw new AssertionError();
        }

        @Override
        public BitSet suspected() {
            throw new AssertionError();
        }

        @Override
        public boolean isHeard(int member) {
            return !silent.contains(member);
        }

        @Override
        public long slotTimeMillis(int slot) {
            return 0;
        }

        @Override
        public void heardOfSlotTime(int slot, long millis) {
            throw new AssertionError();
        }

        @Override
        public boolean accept(int slot, int by, long ballot, CallerAccept accept) {
            throw new AssertionError();
        }

        @Override
        public void seenStale(int slot, RecordKey name, int member) {
            throw new AssertionError();
        }
    }

    private final ReadCompletion completion = new ReadCompletion() {
        @Override
        public void read(@Nullable StoredRecord record) {
            assertThat(record).isNull();
            answers++;
        }

        @Override
        public void askLeader() {
            throw new AssertionError();
        }
    };

    private QuorumRead started(long id, boolean all) {
        QuorumRead read = new QuorumRead(
                new Question(id, SLOT, NAME, all, 1_000),
                new FixedRouting(),
                (to, message) -> asked.add(to),
                completion);
        read.start();
        return read;
    }

    private static ReplicaRead nothing(long id) {
        return new ReplicaRead(SLOT, id, false, true, 1, null, null, new Version(0, 0), 0, 0);
    }

    @Test
    void leaderAndOneOfTheOthersInTurnSuffice() {
        leader = 2;
        Set<Integer> others = new TreeSet<>();
        for (long id = 1; id <= 20; id++) {
            asked.clear();
            answers = 0;
            QuorumRead read = started(id, false);
            assertThat(asked).hasSize(2).contains(2);
            others.addAll(asked);
            for (int member : List.copyOf(asked)) {
                read.on(member, nothing(id), 1);
            }
            assertThat(answers).isEqualTo(1);
            assertThat(read.isEnded()).isTrue();
        }
        assertThat(others).containsExactly(1, 2, 3);
    }

    @Test
    void whoWasNotAskedIsAskedAtTheSecondTick() {
        QuorumRead read = started(1, false);
        List<Integer> first = List.copyOf(asked);
        assertThat(first).hasSize(2);
        read.on(first.get(0), nothing(1), 1);
        read.tick(50);
        assertThat(asked).hasSize(2);
        read.tick(100);
        assertThat(asked).hasSize(3);
        assertThat(new TreeSet<>(asked)).containsExactly(1, 2, 3);

        read.on(asked.get(2), nothing(1), 101);

        assertThat(answers).isEqualTo(1);
    }

    @Test
    void allAreAskedWhereTooFewWereHeard() {
        silent.addAll(List.of(1, 2));
        started(1, false);
        assertThat(asked).hasSize(3);
    }

    @Test
    void readOfAllAsksAll() {
        started(1, true);
        assertThat(asked).hasSize(3);
    }
}
