package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.storage.HeapEntryStore;
import org.junit.jupiter.api.Test;

final class SlotLeaderTest {

    private static final ExpiryRule BRIEF = new ExpiryRule(100, ExpiryRule.UNCHANGED, ExpiryRule.UNCHANGED);

    private final Recorder recorder = new Recorder();
    private final SlotReplica replica = SlotReplica.alone(new HeapEntryStore<>());
    private final SlotLeader leader = new SlotLeader(new Ballot(7, 3, 1), replica, Object::equals, recorder);

    @Test
    void everyInstalledRecordGetsTheNextVersionUnderTheLeadersBallot() {
        StoredRecord first = execute(put("a"), 0).after();
        StoredRecord second = execute(put("b"), 0).after();
        execute(new Remove("a"), 0);
        StoredRecord third = execute(put("a"), 0).after();
        assertThat(first.version()).hasToString("7.3.1#1");
        assertThat(second.isNewerThan(first)).isTrue();
        assertThat(third.isNewerThan(second)).isTrue();
        assertThat(third.ballot()).isEqualTo(new Ballot(7, 3, 1).packed());
    }

    @Test
    void expiryIsToldOnceWhoeverComesFirst() {
        for (EntryOp first : new EntryOp[] {
            new Get("k", BRIEF), new Expire("k"), new Remove("k"), new Evict("k"), new Put("k", "v", BRIEF)
        }) {
            execute(new Remove("k"), 0);
            execute(new Put("k", "v", BRIEF), 0);
            recorder.calls.clear();
            execute(first, 100);
            execute(new Expire("k"), 100);
            execute(new Get("k", BRIEF), 150);
            assertThat(recorder.changes())
                    .as(first.toString())
                    .startsWith("EXPIRED k")
                    .containsOnlyOnce("EXPIRED k");
        }
    }

    @Test
    void expiryIsToldBeforeTheChangeThatFoundIt() {
        execute(new Put("k", "v", BRIEF), 0);
        execute(new Put("k", "w", BRIEF), 500);
        assertThat(recorder.changes()).containsExactly("CREATED k", "EXPIRED k", "CREATED k");
        assertThat(recorder.calls.get(1).before())
                .isSameAs(recorder.calls.get(0).after());
        assertThat(recorder.calls.get(1).after()).isNull();
        assertThat(recorder.calls.get(2).before()).isNull();
    }

    @Test
    void entryLivesUntilItsLastMillisecond() {
        execute(new Put("k", "v", BRIEF), 0);
        assertThat(execute(new Expire("k"), 99).applied()).isFalse();
        assertThat(execute(new Get("k", BRIEF), 99).applied()).isTrue();
        assertThat(execute(new Get("k", BRIEF), 100).applied()).isFalse();
    }

    @Test
    void clearEmptiesTheSlotAndTellsNobody() {
        execute(put("a"), 0);
        execute(put("b"), 0);
        StoredRecord before = replica.get("b");
        recorder.calls.clear();
        leader.clear(0);
        assertThat(replica.size()).isZero();
        assertThat(recorder.calls).isEmpty();
        assertThat(execute(put("b"), 0).after().isNewerThan(before)).isTrue();
    }

    @Test
    void zeroUpdateIsAnUpdateThatExpiresAtOnce() {
        execute(put("k"), 0);
        Outcome outcome = execute(new Put("k", "w", new ExpiryRule(ExpiryRule.ETERNAL, 0, 0)), 5);
        assertThat(outcome.applied()).isTrue();
        assertThat(execute(new Get("k", BRIEF), 5).applied()).isFalse();
        assertThat(recorder.changes()).containsExactly("CREATED k", "UPDATED k", "EXPIRED k");
    }

    private static Put put(String key) {
        return new Put(key, "v", ExpiryRule.NEVER);
    }

    private Outcome execute(EntryOp op, long now) {
        return leader.execute(op, null, now);
    }
}
