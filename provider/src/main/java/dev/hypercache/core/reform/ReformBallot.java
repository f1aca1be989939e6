package dev.hypercache.core.reform;

import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * One attempt to reform a ring.
 *
 * @param round higher than every round that the candidate heard of, 1 or more
 * @param candidate the boot of the life that makes the attempt
 */
public record ReformBallot(long round, UUID candidate) implements Comparable<ReformBallot> {

    private static final Comparator<ReformBallot> ORDER =
            Comparator.comparingLong(ReformBallot::round).thenComparing(ReformBallot::candidate);

    /** @throws IllegalArgumentException if the round is less than 1 */
    public ReformBallot {
        Objects.requireNonNull(candidate, "candidate");
        if (round < 1) {
            throw new IllegalArgumentException("round is " + round + ": it counts from 1.");
        }
    }

    @Override
    public int compareTo(ReformBallot other) {
        return ORDER.compare(this, other);
    }
}
