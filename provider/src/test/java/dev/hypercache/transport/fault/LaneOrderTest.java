package dev.hypercache.transport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a message may leave, by those before it in its lane. */
final class LaneOrderTest {

    private final LaneOrder order = new LaneOrder();

    @Test
    void messageWithoutDelayInAnEmptyLaneLeavesAtOnce() {
        assertThat(order.place(7, 100, 0)).isEqualTo(100);
        assertThat(order.place(7, 100, 0)).isEqualTo(100);
    }

    @Test
    void messageLeavesNoEarlierThanTheOneBeforeIt() {
        assertThat(order.place(7, 100, 50)).isEqualTo(150);
        assertThat(order.place(7, 101, 10)).isEqualTo(150);
        assertThat(order.place(7, 102, 60)).isEqualTo(162);
        assertThat(order.place(8, 103, 0)).isEqualTo(103);
    }

    @Test
    void messageWaitsForOneThatIsDueButHasNotLeft() {
        order.place(7, 100, 50);

        assertThat(order.place(7, 200, 0)).isGreaterThan(200);
        order.left(7);
        order.left(7);
        assertThat(order.place(7, 200, 0)).isEqualTo(200);
    }
}
