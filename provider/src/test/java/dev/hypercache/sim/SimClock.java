package dev.hypercache.sim;

/** A node's clocks: a steady one that drifts, and a wall clock that is off and jumps besides, by minutes if it must be. */
final class SimClock {

    private static final long EPOCH_MILLIS = 1_000_000_000;
    private static final long OFFSET_MOST_MILLIS = 3_600_000;

    private final EventQueue queue;
    private final double rate;
    private long offsetMillis;
    private long offsetMillisHighest;

    SimClock(EventQueue queue, Chance chance) {
        this.queue = queue;
        int partsPerMillion = chance.happens(0.9) ? 200 : 20_000;
        this.rate = 1 + chance.between(-partsPerMillion, partsPerMillion) / 1_000_000.0;
        this.offsetMillis = chance.between(-200, 200);
    }

    /** The wall clock is set. */
    void jump(long millis) {
        offsetMillisHighest = Math.max(offsetMillisHighest, offsetMillis);
        offsetMillis = Math.max(-OFFSET_MOST_MILLIS, Math.min(OFFSET_MOST_MILLIS, offsetMillis + millis));
    }

    long steadyMillis() {
        return (long) (queue.nowMicros() * rate / 1_000);
    }

    /** What the wall clock would show had it never gone back. */
    long highestWallMillis() {
        return EPOCH_MILLIS + steadyMillis() + Math.max(offsetMillisHighest, offsetMillis);
    }

    long wallMillis() {
        return EPOCH_MILLIS + steadyMillis() + offsetMillis;
    }
}
