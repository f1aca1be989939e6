package dev.hypercache.core.member;

/**
 * How a node watches the others.
 *
 * @param intervalMillis the pause between two rounds of probes, positive
 * @param probes how many members are probed in a round, positive
 * @param probeTimeoutMillis how long a probe waits for its answer, and then once more for the help of others, positive
 * @param indirect how many others are asked to probe a silent member, 0 or more
 * @param suspicion by what factor a suspected member has longer to refute while nobody else suspects it, 1 or more
 */
public record SwimPace(long intervalMillis, int probes, long probeTimeoutMillis, int indirect, int suspicion) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below its least
     */
    public SwimPace {
        if (intervalMillis < 1 || probes < 1 || probeTimeoutMillis < 1 || indirect < 0 || suspicion < 1) {
            throw new IllegalArgumentException("interval " + intervalMillis + " ms, " + probes + " probes, timeout "
                    + probeTimeoutMillis + " ms, suspicion " + suspicion + " are 1 or more, and indirect " + indirect
                    + " is 0 or more.");
        }
    }

    /** How long it takes to find out that a member does not answer: a round, or a probe with the help of others. */
    long periodMillis() {
        return Math.max(intervalMillis, 2 * probeTimeoutMillis);
    }

    /** After how long without any event this node was paused itself, so that its waiting proves nothing of others. */
    long pauseMillis() {
        return Math.max(1, probeTimeoutMillis / 2);
    }
}
