package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Payload;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a seed answers to a candidate. */
public sealed interface FormAnswer {

    /**
     * It is in no ring, and accepts nothing below this ballot from now on.
     *
     * @param ballot for which it votes
     * @param voter who it is, in which life
     * @param electorate among how many nodes a majority must agree, as far as it knows; 1 or more
     * @param accepted what it accepted last; null if nothing
     */
    record Promised(
            FoundingBallot ballot,
            NodeProfile voter,
            int electorate,
            @Nullable AcceptedFounding accepted) implements FormAnswer {

        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the electorate is empty
         */
        public Promised {
            Objects.requireNonNull(ballot, "ballot");
            Objects.requireNonNull(voter, "voter");
            if (electorate < 1) {
                throw new IllegalArgumentException("electorate is " + electorate + ": it is 1 or more.");
            }
        }
    }

    /**
     * It has accepted the founding of this ballot.
     *
     * @param ballot under which
     * @param voter its life
     */
    record Accepted(FoundingBallot ballot, UUID voter) implements FormAnswer {

        /** Checks for null. */
        public Accepted {
            Objects.requireNonNull(ballot, "ballot");
            Objects.requireNonNull(voter, "voter");
        }
    }

    /**
     * It does not follow this ballot, or heard of a ring.
     *
     * @param ballot which one it does not follow
     * @param promised which one it follows; null if none
     * @param voter its life
     */
    record Denied(FoundingBallot ballot, @Nullable FoundingBallot promised, UUID voter) implements FormAnswer {

        /** Checks for null. */
        public Denied {
            Objects.requireNonNull(ballot, "ballot");
            Objects.requireNonNull(voter, "voter");
        }
    }

    /**
     * It is a member of a ring, or was told which one there is.
     *
     * @param founding the change that founded the ring
     * @param isMember whether it is a member
     */
    record InRing(Payload founding, boolean isMember) implements FormAnswer {

        /** Checks for null. */
        public InRing {
            Objects.requireNonNull(founding, "founding");
        }
    }
}
