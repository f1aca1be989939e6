package dev.hypercache.core.form;

/** When a seed may stand as a candidate: a majority answers, nobody else is waited for any more, and it is its turn. */
final class Readiness {

    private final FormingPace pace;
    private boolean hears;
    private boolean isReady;
    private long hearsSinceMillis;
    private long readySinceMillis;
    private long quietUntilMillis = Long.MIN_VALUE;

    Readiness(FormingPace pace) {
        this.pace = pace;
    }

    /**
     * Looks who answers.
     *
     * @param isMajority whether a majority does
     * @param isComplete whether all do
     */
    void look(boolean isMajority, boolean isComplete, long nowMillis) {
        if (isMajority && !hears) {
            hearsSinceMillis = nowMillis;
        }
        hears = isMajority;
        boolean ready = isMajority && (isComplete || isGraceOver(nowMillis));
        if (ready && !isReady) {
            readySinceMillis = nowMillis;
        }
        isReady = ready;
    }

    /** Whether a majority answers. */
    boolean hears() {
        return hears;
    }

    /** Whether a majority has answered for so long that the others are not waited for. */
    boolean isGraceOver(long nowMillis) {
        return hears && pace.grace() != FormingPace.FOR_EVER && nowMillis - hearsSinceMillis >= pace.grace();
    }

    /**
     * Whether it is this seed's turn.
     *
     * @param rank how many living seeds stand before it
     */
    boolean isDue(int rank, long nowMillis) {
        return isReady && nowMillis >= quietUntilMillis && nowMillis >= readySinceMillis + rank * pace.rank();
    }

    /** It does not stand before then. */
    void quiet(long untilMillis) {
        quietUntilMillis = Math.max(quietUntilMillis, untilMillis);
    }
}
