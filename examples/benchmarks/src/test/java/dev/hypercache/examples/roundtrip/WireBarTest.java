package dev.hypercache.examples.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Medians decide, at the bound and not beside it. */
final class WireBarTest {

    private final TripResults results = new TripResults();

    @Test
    void timesMayReachTheirBound() {
        results.add("floor", "1", new double[] {1, 10});
        results.add("undertow+tls", "1", new double[] {1, 24});
        assertThat(WireBar.renderAll(results))
                .isEqualToNormalizingNewlines(
                        "bar:  1 callers, p50        undertow+tls / floor       2.40 wanted <= 2.4: reached\n");
    }

    @Test
    void longerTimesMissIt() {
        results.add("undertow", "1", new double[] {1, 10});
        results.add("undertow+mac", "1", new double[] {9, 11.1});
        assertThat(WireBar.renderAll(results)).endsWith("<= 1.1: MISSED" + System.lineSeparator());
    }

    @Test
    void ratesHaveToReachIt() {
        results.add("netty+tls", "64", new double[] {100, 1});
        results.add("undertow+tls", "64", new double[] {99, 1});
        assertThat(WireBar.renderAll(results)).contains("throughput", " 0.99 wanted >= 1.0: MISSED");
    }

    @Test
    void theMedianOfTheRoundsCounts() {
        results.add("netty+tls", "64", new double[] {100, 1});
        for (double rate : new double[] {1, 100, 900}) {
            results.add("undertow+tls", "64", new double[] {rate, 1});
        }
        assertThat(WireBar.renderAll(results)).contains(" 1.00 wanted >= 1.0: reached");
    }

    @Test
    void nothingIsSaidOfOtherRows() {
        results.add("floor", "64", new double[] {1, 10});
        results.add("undertow+tls", "64", new double[] {1, 24});
        assertThat(WireBar.renderAll(results)).isEmpty();
    }
}
