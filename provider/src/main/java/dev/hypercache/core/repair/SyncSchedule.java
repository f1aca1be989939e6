package dev.hypercache.core.repair;

/**
 * When a pair of nodes compares itself next: the less often, the longer nothing was found. Confined to its machine.
 */
final class SyncSchedule {

    private final long leastMillis;
    private final long mostMillis;
    private long intervalMillis;
    private long dueAtMillis;

    SyncSchedule(RepairPace pace, long nowMillis) {
        this.leastMillis = pace.intervalMillis();
        this.mostMillis = pace.intervalMostMillis();
        this.intervalMillis = leastMillis;
        this.dueAtMillis = nowMillis + leastMillis;
    }

    boolean isDue(long nowMillis) {
        return nowMillis >= dueAtMillis;
    }

    /** How long the pair waits between two comparisons now. */
    long intervalMillis() {
        return intervalMillis;
    }

    /** They were the same: next time later. */
    void clean(long nowMillis) {
        intervalMillis = Math.min(mostMillis, 2 * intervalMillis);
        dueAtMillis = nowMillis + intervalMillis;
    }

    /** Nothing is known yet. */
    void again(long nowMillis) {
        dueAtMillis = nowMillis + intervalMillis;
    }

    /** They differed, or what is compared is not what it was: soon again. */
    void reset(long nowMillis) {
        intervalMillis = leastMillis;
        dueAtMillis = Math.min(dueAtMillis, nowMillis + leastMillis);
    }

    /** What was seen once is to be seen again. */
    void dueBy(long atMillis) {
        dueAtMillis = Math.min(dueAtMillis, atMillis);
    }
}
