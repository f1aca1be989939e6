package dev.hypercache.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.Version;
import dev.hypercache.sim.check.ReplicaEquality.Held;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReplicaEqualityTest {

    private static final Held FIRST = new Held(version(1), "w1");
    private static final Held REMOVED = new Held(version(2), null);

    @Test
    void equalReplicasHaveNoDifference() {
        Map<String, Map<Object, Held>> replicas =
                Map.of("a", Map.of("k", FIRST, "gone", REMOVED), "b", Map.of("k", FIRST, "gone", REMOVED));
        assertThat(ReplicaEquality.ofAllRecords().differences(replicas)).isEmpty();
        assertThat(ReplicaEquality.ofLiveRecords().differences(replicas)).isEmpty();
    }

    @Test
    void otherValueUnderTheSameVersionIsFound() {
        assertDifferent(Map.of("k", FIRST), Map.of("k", new Held(version(1), "w2")));
    }

    @Test
    void sameValueUnderAnotherVersionIsFound() {
        assertDifferent(Map.of("k", FIRST), Map.of("k", new Held(version(2), "w1")));
    }

    @Test
    void recordThatOneReplicaMissesIsFound() {
        assertDifferent(Map.of("k", FIRST), Map.of());
    }

    @Test
    void removalThatOneReplicaMissesIsFound() {
        assertDifferent(Map.of("k", FIRST), Map.of("k", REMOVED));
    }

    @Test
    void tombstoneThatOneReplicaDroppedIsADifferenceOfAllRecordsOnly() {
        Map<String, Map<Object, Held>> replicas = Map.of("a", Map.of("k", REMOVED), "b", Map.of());
        assertThat(ReplicaEquality.ofAllRecords().differences(replicas)).hasSize(1);
        assertThat(ReplicaEquality.ofLiveRecords().differences(replicas)).isEmpty();
    }

    @Test
    void differenceNamesWhatEachReplicaHolds() {
        assertThat(ReplicaEquality.ofAllRecords()
                        .differences(Map.of("a", Map.of("k", FIRST), "b", Map.of("k", REMOVED), "c", Map.of())))
                .singleElement()
                .asString()
                .startsWith("key k: ")
                .contains("a=w1@1.0.0#1", "b=tombstone@1.0.0#2", "c=nothing");
    }

    private static void assertDifferent(Map<Object, Held> one, Map<Object, Held> other) {
        Map<String, Map<Object, Held>> replicas = Map.of("a", one, "b", one, "c", other);
        assertThat(ReplicaEquality.ofAllRecords().differences(replicas)).hasSize(1);
        assertThat(ReplicaEquality.ofLiveRecords().differences(replicas)).hasSize(1);
    }

    private static Version version(long sequence) {
        return new Version(new Ballot(1, 0, 0).packed(), sequence);
    }
}
