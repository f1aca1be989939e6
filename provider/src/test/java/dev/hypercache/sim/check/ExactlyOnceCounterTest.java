package dev.hypercache.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExactlyOnceCounterTest {

    private final ExactlyOnceCounter counter = new ExactlyOnceCounter();

    @BeforeEach
    void threeAcknowledgedOneIndeterminateOneFailed() {
        counter.acknowledged(1);
        counter.acknowledged(3);
        counter.acknowledged(2);
        counter.indeterminate();
        counter.failed();
    }

    @Test
    void indeterminateIncrementCountsOnceOrNotAtAll() {
        assertThat(counter.complaints(3)).isEmpty();
        assertThat(counter.complaints(4)).isEmpty();
    }

    @Test
    void failedIncrementThatCountedIsFound() {
        assertThat(counter.complaints(5)).singleElement().asString().contains("counted twice or although it failed");
    }

    @Test
    void lostIncrementIsFound() {
        assertThat(counter.complaints(2))
                .containsExactly(
                        "an acknowledged increment is lost: 3 acknowledged, 1 indeterminate and 1 failed increments left"
                                + " the counter at 2",
                        "the value 3 was handed out, but the counter ran from 1 to 2");
    }

    @Test
    void lostIncrementThatALaterOneHidesIsFoundByItsValue() {
        counter.acknowledged(3);
        assertThat(counter.complaints(4)).containsExactly("the value 3 was handed out 2 times");
    }

    @Test
    void valueBeforeTheFirstIncrementIsFound() {
        counter.acknowledged(0);
        assertThat(counter.complaints(4)).singleElement().asString().startsWith("the value 0 was handed out");
    }
}
