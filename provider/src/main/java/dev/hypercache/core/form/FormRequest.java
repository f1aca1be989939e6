package dev.hypercache.core.form;

import dev.hypercache.spi.Payload;
import java.util.Objects;
import java.util.UUID;

/** What a candidate asks of a seed. Asked twice it does no harm. */
public sealed interface FormRequest {

    /**
     * Asks for the vote that the seed is in no ring, and for what it has accepted.
     *
     * @param ballot for whom
     */
    record Prepare(FoundingBallot ballot) implements FormRequest {

        /** Checks for null. */
        public Prepare {
            Objects.requireNonNull(ballot, "ballot");
        }
    }

    /**
     * Asks a seed that voted to accept a founding.
     *
     * @param ballot for which it voted
     * @param voter the life of the seed that voted: a later one does not know what it promised
     * @param founding the change that founds the ring
     */
    record Accept(FoundingBallot ballot, UUID voter, Payload founding) implements FormRequest {

        /** Checks for null. */
        public Accept {
            Objects.requireNonNull(ballot, "ballot");
            Objects.requireNonNull(voter, "voter");
            Objects.requireNonNull(founding, "founding");
        }
    }

    /**
     * Tells that a majority accepted a founding.
     *
     * @param founding the change that founded the ring
     */
    record Learn(Payload founding) implements FormRequest {

        /** Checks for null. */
        public Learn {
            Objects.requireNonNull(founding, "founding");
        }
    }
}
