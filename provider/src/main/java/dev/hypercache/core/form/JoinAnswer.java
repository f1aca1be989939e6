package dev.hypercache.core.form;

import dev.hypercache.core.control.ControlLimits;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.List;
import java.util.Objects;

/** What a member answers to a node that asks to be admitted. */
public sealed interface JoinAnswer {

    /** The most characters of each of the texts about voters. */
    int VOTERS_LENGTH_MAX = 64 * 1024;

    /** The most other members that an answer names. */
    int MEMBERS_MAX = 64;

    /** The longest pause that an answer asks for, in milliseconds. */
    long PAUSE_MILLIS_MAX = 60_000;

    /**
     * It is a member from now on.
     *
     * @param ring which ring, in which generation
     * @param node what the ring calls it, in this life
     * @param index the last change of the topology log that the snapshot knows, 0 or more
     * @param snapshot the agreed state as {@code ControlMachine.snapshot} encodes it, at most {@link ControlLimits#STATE_BYTES_MAX}
     *     bytes
     * @param foundingVoters who voted in the log when it began, in the words of the log's engine
     * @param voters who votes in it now, likewise
     */
    record Admitted(RingId ring, NodeId node, long index, Payload snapshot, String foundingVoters, String voters)
            implements JoinAnswer {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if one is exceeded, or the log has not counted the node's life
         */
        public Admitted {
            Objects.requireNonNull(ring, "ring");
            if (!node.incarnation().isAdmitted() || index < 0) {
                throw new IllegalArgumentException("node " + node + " at index " + index + " is not admitted.");
            }
            if (snapshot.length() > ControlLimits.STATE_BYTES_MAX) {
                throw new IllegalArgumentException("the snapshot has " + snapshot.length() + " bytes, at most "
                        + ControlLimits.STATE_BYTES_MAX + " are allowed.");
            }
            if (foundingVoters.length() > VOTERS_LENGTH_MAX || voters.length() > VOTERS_LENGTH_MAX) {
                throw new IllegalArgumentException(
                        "the texts about voters have at most " + VOTERS_LENGTH_MAX + " characters.");
            }
        }
    }

    /**
     * It may try again.
     *
     * @param reason what the member waits for, the end of a sentence that begins with "The node waits for"
     * @param pauseMillis when to try again, 1 to {@link #PAUSE_MILLIS_MAX}
     * @param members others that may be asked, at most {@link #MEMBERS_MAX}; may be empty
     */
    record Wait(String reason, long pauseMillis, List<Address> members) implements JoinAnswer {

        /**
         * Checks the ranges and keeps a copy.
         *
         * @throws IllegalArgumentException if one is exceeded
         */
        public Wait {
            Objects.requireNonNull(reason, "reason");
            members = List.copyOf(members);
            if (pauseMillis < 1 || pauseMillis > PAUSE_MILLIS_MAX || members.size() > MEMBERS_MAX) {
                throw new IllegalArgumentException("a pause is 1 to " + PAUSE_MILLIS_MAX + " ms, and at most "
                        + MEMBERS_MAX + " members are named.");
            }
        }
    }

    /**
     * It cannot be in this ring.
     *
     * @param reason why, with both values where two differ, and what to do
     */
    record Refused(String reason) implements JoinAnswer {

        /** Checks for null. */
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
