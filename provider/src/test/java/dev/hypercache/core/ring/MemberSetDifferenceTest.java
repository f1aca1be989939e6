package dev.hypercache.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemberSetDifferenceTest {

    private final MemberSet members = MemberSet.of(3, 1, 2);

    @Test
    void differenceKeepsTheOrder() {
        assertThat(members.minus(MemberSet.of(1, 9))).isEqualTo(MemberSet.of(3, 2));
        assertThat(members.minus(MemberSet.EMPTY)).isEqualTo(members);
        assertThat(members.minus(members)).isEqualTo(MemberSet.EMPTY);
    }

    @Test
    void setsAreTheSameInWhateverOrder() {
        assertThat(members.isSameSetAs(MemberSet.of(1, 2, 3))).isTrue();
        assertThat(members.isSameSetAs(MemberSet.of(1, 2))).isFalse();
        assertThat(members.isSameSetAs(MemberSet.of(1, 2, 4))).isFalse();
        assertThat(members.isSameSetAs(MemberSet.of(1, 2, 3, 4))).isFalse();
    }
}
