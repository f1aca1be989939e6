package dev.hypercache.sim;

/** A node's clocks: a steady one that drifts, and a wall clock that is off and jumps besides. */
final class SimClock {

    private static final long EPOCH_MILLIS = 1_000_000;

    private final EventQueue queue;
    private final double rate;
    private long offsetMillis;

    SimClock(EventQueue queue, Chance chance) {
        this.queue = queue;
        this.rate = 1 + (chance.below(401) - 200) / 1_000_000.0;
        this.offsetMillis = chance.between(-200, 200);
    }

    /** The wall clock is set. */
    void jump(long millis) {
        offsetMillis = Math.max(-250, Math.min(250, offsetMillis + millis));
    }

    long steadyMillis() {
        return (long) (queue.nowMicros() * rate / 1_000);
    }

    long wallMillis() {
        return EPOCH_MILLIS + steadyMillis() + offsetMillis;
    }
}
