package dev.hypercache.sim;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** The one source of accident in a run. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A source of its own, so that more draws here change nothing there. */
    Chance split() {
        return new Chance(random.nextLong());
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code low} to {@code high}, both included. */
    long between(long low, long high) {
        return low + random.nextLong(high - low + 1);
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Mostly near the mean, sometimes many times as long, never more than forty times. */
    long tailed(long mean) {
        double exponential = -Math.log(1 - random.nextDouble());
        return (long) (mean * Math.min(40, exponential * (happens(0.02) ? 20 : 1)));
    }
}
