package dev.hypercache.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.StaleSeen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What readers saw stale is told to leaders once, together, and within bounds. */
final class ReadRepairTest {

    private static final int LEADER = 1;

    private final List<Message> sent = new ArrayList<>();
    private final List<RepairEvent> events = new ArrayList<>();
    private int leader = LEADER;
    private final ReadRepair reads = new ReadRepair((to, message) -> sent.add(message), slot -> leader, events::add);

    private static ReadRepair.Stale stale(int slot, int key, int member) {
        return new ReadRepair.Stale(slot, new RecordKey(1, "k" + key), member);
    }

    @Test
    void manyReadersOfOneKeyMakeOneHint() {
        reads.tick(0);
        for (int reader = 0; reader < 100; reader++) {
            reads.seen(stale(0, 1, 2));
        }
        reads.tick(10);
        assertThat(sent).containsExactly(new StaleSeen(0, 2, List.of(new RecordKey(1, "k1"))));
        for (long now = 20; now < ReadRepair.REMEMBERED_MILLIS; now += 10) {
            reads.seen(stale(0, 1, 2));
            reads.tick(now);
        }
        assertThat(sent).hasSize(1);
    }

    @Test
    void hintsOfOneSlotAndReplicaTravelTogether() {
        for (int key = 0; key < AskHeld.NAMES_MAX + 1; key++) {
            reads.seen(stale(0, key, 2));
        }
        reads.seen(stale(0, 0, 3));
        reads.seen(stale(1, 0, 2));
        reads.tick(1_000);

        assertThat(sent).hasSize(4);
        assertThat(events).containsOnly(RepairEvent.STALE_TOLD);
    }

    @Test
    void hintsAreGatheredFirst() {
        reads.seen(stale(0, 1, 2));
        reads.tick(0);
        reads.seen(stale(0, 2, 2));
        reads.tick(ReadRepair.BATCH_MILLIS - 10);
        assertThat(sent).hasSize(1);
        reads.tick(ReadRepair.BATCH_MILLIS);
        assertThat(sent).hasSize(2);
    }

    @Test
    void whatIsBeyondTheBoundIsDroppedAndCounted() {
        for (int key = 0; key < ReadRepair.HINTS_MAX + 5; key++) {
            reads.seen(stale(0, key, 2));
        }
        assertThat(reads.size()).isEqualTo(ReadRepair.HINTS_MAX);
        assertThat(events).containsOnly(RepairEvent.STALE_DROPPED).hasSize(5);
        reads.tick(0);
        reads.tick(ReadRepair.REMEMBERED_MILLIS);
        assertThat(reads.size()).isZero();
    }

    @Test
    void nobodyIsToldWhenNobodyLeads() {
        leader = Rejected.NOBODY;
        reads.seen(stale(0, 1, 2));
        reads.tick(0);
        leader = 2;
        reads.seen(stale(0, 2, 2));
        reads.tick(1_000);

        assertThat(sent).isEmpty();
    }
}
