package dev.hypercache.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.ring.OwnershipDiff.Arrival;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnershipDiffTest {

    @Test
    void equalTablesNeedNothing() {
        List<MemberSet> table = List.of(MemberSet.of(1, 2), MemberSet.of(2, 1));

        assertThat(OwnershipDiff.between(table, table)).isEqualTo(new OwnershipDiff(List.of(), 0, 0));
    }

    @Test
    void arrivalsDeparturesAndNewLeadersAreCountedApart() {
        List<MemberSet> before = List.of(MemberSet.of(1, 2), MemberSet.of(1, 2), MemberSet.of(1, 2));
        List<MemberSet> after = List.of(MemberSet.of(2, 1), MemberSet.of(1, 3), MemberSet.of(3, 4, 2));

        assertThat(OwnershipDiff.between(before, after))
                .isEqualTo(new OwnershipDiff(List.of(new Arrival(1, 3), new Arrival(2, 3), new Arrival(2, 4)), 2, 2));
    }

    @Test
    void tablesOfDifferentRingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnershipDiff.between(List.of(MemberSet.of(1)), List.of()))
                .withMessageContaining("1 and 0 slots");
    }
}
