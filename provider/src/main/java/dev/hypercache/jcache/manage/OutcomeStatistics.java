package dev.hypercache.jcache.manage;

import dev.hypercache.core.op.Change;

/** What an outcome counts as: the statistics table of JSR-107 §12 as a pure function. */
public final class OutcomeStatistics {

    public static final int HIT = 1;
    public static final int MISS = 2;
    public static final int PUT = 4;
    public static final int REMOVAL = 8;

    private OutcomeStatistics() {}

    /**
     * The counters that an operation moves, as a sum of {@link #HIT}, {@link #MISS}, {@link #PUT} and {@link #REMOVAL}.
     *
     * @param present whether the operation found a live entry
     * @param change what the operation did to it
     */
    public static int countersOf(Operation operation, boolean present, Change change) {
        int counters = 0;
        if (operation.countsHitOrMiss()) {
            counters = present ? HIT : MISS;
        }
        if (change == Change.CREATED || change == Change.UPDATED) {
            counters |= PUT;
        } else if (change == Change.REMOVED) {
            counters |= REMOVAL;
        }
        return counters;
    }
}
