package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import java.util.Objects;

/**
 * A node asks a member to be admitted to its ring. Asked again in the same life it is the same request.
 *
 * @param profile who it is, in which life
 * @param terms what it wants of its ring: the member refuses what differs from the ring's own ({@link RingTerms#differencesTo})
 */
public record JoinRequest(NodeProfile profile, RingTerms terms) {

    /** Checks for null. */
    public JoinRequest {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(terms, "terms");
    }
}
