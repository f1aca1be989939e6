package dev.hypercache.core.form;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One candidate's try at founding a ring; of two, seeds follow the higher one.
 *
 * @param round 1 or more; higher than every round that the candidate had heard of
 * @param candidate the boot of the candidate, so that no two lives ever use the same ballot
 */
public record FoundingBallot(long round, UUID candidate) implements Comparable<FoundingBallot> {

    /** The highest round that is followed: what lies above was not reached by counting. */
    public static final long ROUND_MAX = 1L << 40;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the round is less than 1 or more than {@link #ROUND_MAX}
     */
    public FoundingBallot {
        Objects.requireNonNull(candidate, "candidate");
        if (round < 1 || round > ROUND_MAX) {
            throw new IllegalArgumentException("round is " + round + ": it is 1 to " + ROUND_MAX + ".");
        }
    }

    @Override
    public int compareTo(FoundingBallot other) {
        int byRound = Long.compare(round, other.round);
        return byRound != 0 ? byRound : candidate.compareTo(other.candidate);
    }

    boolean isAbove(@Nullable FoundingBallot other) {
        return other == null || compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return round + "@" + candidate;
    }
}
