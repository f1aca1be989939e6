package dev.hypercache.core.member;

/**
 * The time that a suspected member has to refute.
 *
 * <p>One observer may be wrong in many ways, several that found the same by themselves hardly are: with each the time becomes
 * shorter, by less and less, and with {@value #CONFIRMATIONS} besides the first it is the shortest (Lifeguard). In a ring that is
 * too small for so many it stays longer. The shortest time grows with the logarithm of the ring's size, since news takes so many
 * rounds to reach everybody.
 */
final class Suspicion {

    static final int CONFIRMATIONS = 3;

    private long sinceMillis;

    Suspicion(long sinceMillis) {
        this.sinceMillis = sinceMillis;
    }

    /**
     * How long a member may take to refute.
     *
     * @param members how many members the ring has
     * @param observers how many of them found that it does not answer
     */
    static long timeoutMillis(SwimPace pace, int members, int observers) {
        double shortest = pace.periodMillis() * Math.max(1, Math.log10(members));
        double longest = pace.suspicion() * shortest;
        int confirmations = Math.max(0, Math.min(observers - 1, CONFIRMATIONS));
        double shrunk = Math.log(confirmations + 1.0) / Math.log(CONFIRMATIONS + 1.0);
        return Math.round(longest - (longest - shortest) * shrunk);
    }

    boolean isOver(long timeoutMillis, long now) {
        return now - sinceMillis >= timeoutMillis;
    }

    /** The time in which this node did nothing does not count. */
    void postpone(long millis) {
        sinceMillis += millis;
    }
}
