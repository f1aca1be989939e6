package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells those who look for a ring.
 *
 * @param profile who it is, in which life
 * @param terms what it wants of its ring
 * @param founding the change that founded the ring of which it is a member; null if it is a member of none
 */
public record SeedCard(
        NodeProfile profile, RingTerms terms, @Nullable Payload founding) {

    /** Checks for null. */
    public SeedCard {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(terms, "terms");
    }

    /** The card of the same node once it is a member. */
    public SeedCard inRing(Payload itsFounding) {
        return new SeedCard(profile, terms, itsFounding);
    }
}
