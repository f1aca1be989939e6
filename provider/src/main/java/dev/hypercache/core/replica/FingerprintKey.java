package dev.hypercache.core.replica;

import java.util.UUID;

/**
 * What all replicas of a ring mix into their fingerprints, so that nobody outside can look for records that cancel out.
 *
 * @param one any bits, the same on all nodes
 * @param other more of them
 */
public record FingerprintKey(long one, long other) {

    /** The key of a ring, from the ring's id. */
    public static FingerprintKey of(UUID ring) {
        return new FingerprintKey(ring.getMostSignificantBits(), ring.getLeastSignificantBits());
    }
}
