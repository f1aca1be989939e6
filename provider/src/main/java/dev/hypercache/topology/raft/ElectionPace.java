package dev.hypercache.topology.raft;

/**
 * Notices elections that come to nothing and leaders that are lost again and again, as where a voter is slow to answer: then
 * everybody has to be more patient. Of two voters the slower one sets the pace.
 *
 * <p>One leader that is lost is no reason: it died. Each further trouble doubles the patience, up to {@value #STRETCH_MAX}
 * times; a leader that lasts {@value #CALM_MILLIS} ms takes one of them back. Confined to the log's thread.
 */
final class ElectionPace {

    static final int STRETCH_MAX = 8;

    private static final long CALM_MILLIS = 5_000;

    private int term;
    private boolean led;
    private long calmSinceMillis;
    /** 1 after no trouble and after one. */
    private int stretch = 1;

    private boolean troubled;

    /**
     * Looks at the engine's term and at whether it has a leader.
     *
     * @return how many times as long the engine is to wait
     */
    int look(int newTerm, boolean hasLeader, long nowMillis) {
        boolean isLost = led && !hasLeader;
        boolean isInVain = !led && term > 0 && newTerm > term;
        if (isLost || isInVain) {
            stretch = troubled ? Math.min(STRETCH_MAX, 2 * stretch) : stretch;
            troubled = true;
        }
        if (!hasLeader || !led || newTerm != term) {
            calmSinceMillis = nowMillis;
        } else if (nowMillis - calmSinceMillis >= CALM_MILLIS) {
            calmSinceMillis = nowMillis;
            troubled = stretch > 1;
            stretch = Math.max(1, stretch / 2);
        }
        term = newTerm;
        led = hasLeader;
        return stretch;
    }
}
