package dev.hypercache.core.form;

import dev.hypercache.spi.Payload;
import java.util.Objects;

/**
 * A founding that a seed has accepted.
 *
 * @param ballot the last one under which it did
 * @param founding the change that founds the ring, the first of its log
 */
public record AcceptedFounding(FoundingBallot ballot, Payload founding) {

    /** Checks for null. */
    public AcceptedFounding {
        Objects.requireNonNull(ballot, "ballot");
        Objects.requireNonNull(founding, "founding");
    }
}
