package dev.hypercache.core.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SharesTest {

    private static final int NO_CAP = 1_000_000;

    @Test
    void wholeIsDividedByWeight() {
        assertThat(divide(100, new long[] {1, 1, 2}, NO_CAP, new int[3])).containsExactly(25, 25, 50);
    }

    @Test
    void remainderGoesToTheLargestAndThenToWhoHoldsMore() {
        assertThat(divide(10, new long[] {1, 1, 1}, NO_CAP, new int[] {0, 5, 3}))
                .containsExactly(3, 4, 3);
        assertThat(divide(11, new long[] {1, 1, 1}, NO_CAP, new int[] {0, 5, 3}))
                .containsExactly(3, 4, 4);
        assertThat(divide(10, new long[] {3, 1, 2}, NO_CAP, new int[] {0, 9, 0}))
                .containsExactly(5, 2, 3);
    }

    @Test
    void whoWouldGetMoreThanItsCapGetsItsCapAndTheOthersDivideTheRest() {
        assertThat(divide(30, new long[] {8, 1, 1}, 12, new int[3])).containsExactly(12, 9, 9);
        assertThat(divide(30, new long[] {8, 2, 1}, 12, new int[3])).containsExactly(12, 12, 6);
    }

    @Test
    void capsThatAreTooSmallAreAllReached() {
        assertThat(divide(100, new long[] {1, 2}, 10, new int[2])).containsExactly(10, 10);
    }

    @Test
    void withoutWeightThereIsNoShare() {
        assertThat(divide(10, new long[] {0, 1, 0}, NO_CAP, new int[] {7, 0, 7}))
                .containsExactly(0, 10, 0);
        assertThat(divide(10, new long[] {0, 0}, NO_CAP, new int[2])).containsExactly(0, 0);
    }

    private static int[] divide(int whole, long[] weights, int cap, int[] held) {
        int[] caps = new int[weights.length];
        java.util.Arrays.fill(caps, cap);
        return Shares.divide(whole, weights, caps, held);
    }
}
