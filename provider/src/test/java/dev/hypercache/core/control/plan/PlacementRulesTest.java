package dev.hypercache.core.control.plan;

import static dev.hypercache.core.control.TestRings.profile;
import static dev.hypercache.core.control.TestRings.voters;
import static dev.hypercache.core.control.plan.PlannedRing.assertSpread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hypercache.core.ring.MemberSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights and zones. */
final class PlacementRulesTest {

    @Test
    void weightIsShare() {
        PlannedRing ring = PlannedRing.of(
                1024,
                3,
                profile("a", 1, 100, ""),
                profile("b", 1, 200, ""),
                profile("c", 1, 100, ""),
                profile("d", 1, 100, ""),
                profile("e", 1, 100, ""));

        assertThat(ring.replicas().get("b")).isEqualTo(1024);
        assertThat(ring.replicas().get("a")).isEqualTo(512);
        assertThat(ring.leaders().get("b")).isCloseTo(341, within(1));
    }

    @Test
    void noNodeHoldsASlotTwiceHoweverHeavyItIs() {
        PlannedRing ring = PlannedRing.of(64, 3, profile("a", 1, 10_000, ""), profile("b"), profile("c"), profile("d"));

        assertThat(ring.replicas()).containsEntry("a", 64);
        assertSpread(
                List.of(
                        ring.replicas().get("b"),
                        ring.replicas().get("c"),
                        ring.replicas().get("d")),
                1);
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "4, 1", "2, 2"})
    void zonesShareEachSlotAsEvenlyAsTheyCan(int zones, int most) {
        PlannedRing ring = PlannedRing.of(256, 3, profile("n1", 1, 100, "zone 0"));
        for (int i = 2; i <= 9; i++) {
            ring.join(profile("n" + i, 1, 100, "zone " + i % zones));
            ring.settle(i, 100);
        }
        for (MemberSet voters : voters(ring.state())) {
            int[] perZone = new int[zones];
            for (int id : voters.toArray()) {
                perZone[id == 1 ? 0 : id % zones]++;
            }
            assertThat(perZone).as(voters.toString()).doesNotContain(most + 1).doesNotContain(most + 2);
        }
        assertThat(ring.plan().isSettled()).isTrue();
    }

    @Test
    void smallZoneHoldsWhatItCan() {
        PlannedRing ring = PlannedRing.of(
                256,
                3,
                profile("a1", 1, 100, "a"),
                profile("a2", 1, 100, "a"),
                profile("b1", 1, 100, "b"),
                profile("b2", 1, 100, "b"),
                profile("c1", 1, 100, "c"));

        assertThat(ring.replicas()).isEqualTo(Map.of("a1", 128, "a2", 128, "b1", 128, "b2", 128, "c1", 256));
        assertThat(ring.leaders().get("c1")).isCloseTo(85, within(1));
        assertThat(ring.leaders().get("a1")).isCloseTo(43, within(1));
    }

    @Test
    void zonesGiveWayWhenAnotherOneJoins() {
        PlannedRing ring = PlannedRing.of(
                256,
                3,
                profile("a1", 1, 100, "a"),
                profile("a2", 1, 100, "a"),
                profile("b1", 1, 100, "b"),
                profile("b2", 1, 100, "b"));
        ring.join(profile("c1", 1, 100, "c"));
        ring.join(profile("c2", 1, 100, "c"));

        assertThat(ring.settle()).isEqualTo(256);

        for (MemberSet voters : voters(ring.state())) {
            assertThat(Arrays.stream(voters.toArray()).map(id -> (id - 1) / 2))
                    .as("zones of %s", voters)
                    .containsExactlyInAnyOrder(0, 1, 2);
        }
    }
}
