package dev.hypercache.core.node;

import static dev.hypercache.core.node.RepairBench.FOLLOWER;
import static dev.hypercache.core.node.RepairBench.LEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The leader's own copy loses what it has proposed, before it hears that the followers hold it. */
final class LostProposalTest {

    private static final RecordKey NAME = RepairBench.name(1);
    private static final StoredRecord BEFORE = RepairBench.value("before", 20);

    private final RepairBench bench = new RepairBench();

    static Stream<@Nullable StoredRecord> instead() {
        return Stream.of(null, RepairBench.tombstone(10), RepairBench.value("old", 10));
    }

    @ParameterizedTest
    @MethodSource("instead")
    void aMajorityDecides(@Nullable StoredRecord instead) {
        bench.write(NAME, BEFORE);
        bench.lose(Accepted.class);
        Leadership leadership = Objects.requireNonNull(bench.machine(LEADER).leadership(), "leadership");
        leadership.evict(NAME, bench.nowMillis());
        bench.run(100);
        assertThat(leadership.pending()).isEqualTo(1);
        assertThat(bench.held(FOLLOWER, NAME)).matches(StoredRecord::isTombstone);

        bench.plant(LEADER, NAME, instead);
        bench.letThrough(Accepted.class);
        bench.run(5_000);

        assertThat(bench.count(LeaderEvent.PROPOSED_LOST)).isEqualTo(1);
        assertThat(bench.isEqual()).isTrue();
        assertThat(bench.valueAt(LEADER, NAME)).isNull();
        Leadership next = Objects.requireNonNull(bench.machine(LEADER).leadership(), "leadership");
        assertThat(next.pending()).isZero();
    }
}
