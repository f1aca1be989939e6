package dev.hypercache.transport.frame;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.RingId;

/**
 * Who sends a message to whom, in which ring.
 *
 * <p>A short id names one life of one node. So a receiver that compares the envelope with what it knows of itself and the
 * sender applies nothing from a dead incarnation, another ring or another generation (CONSISTENCY I9).
 *
 * @param ring the ring and its generation
 * @param sender short id of the sender, 0 to {@link MemberSet#SHORT_ID_MAX}
 * @param receiver short id of the node that is meant, in the same range
 */
public record Envelope(RingId ring, int sender, int receiver) {

    /** @throws IllegalArgumentException if a short id is out of range */
    public Envelope {
        requireNonNull(ring, "ring");
        requireShortId("sender", sender);
        requireShortId("receiver", receiver);
    }

    private static void requireShortId(String role, int id) {
        if (id < 0 || id > MemberSet.SHORT_ID_MAX) {
            throw new IllegalArgumentException(
                    role + " is " + id + ": short ids range from 0 to " + MemberSet.SHORT_ID_MAX);
        }
    }
}
