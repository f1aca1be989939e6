package dev.hypercache.core.form;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.List;
import java.util.UUID;

/** The changes that found rings, as bytes. */
public final class Foundings {

    private Foundings() {}

    /**
     * Reads a founding, whoever made the bytes up.
     *
     * @throws IllegalArgumentException if the bytes are no change that founds a ring
     */
    public static FoundRing read(Payload bytes) {
        if (ControlChange.decode(bytes).command() instanceof FoundRing founding) {
            return founding;
        }
        throw new IllegalArgumentException("the change founds no ring.");
    }

    /**
     * Whether a life of a node is among the founders.
     *
     * @throws IllegalArgumentException if the bytes are no change that founds a ring
     */
    public static boolean includes(Payload founding, NodeProfile life) {
        return read(founding).founders().contains(life);
    }

    /**
     * Makes a founding.
     *
     * @param terms what is fixed
     * @param ring the ring's id
     * @param change the id of the change
     * @param founders the first members, in the order of their short ids
     */
    static Payload make(RingTerms terms, UUID ring, UUID change, List<NodeProfile> founders) {
        FoundRing command = TopologyPlanner.found(terms.settings(new RingId(ring, 1)), founders);
        return new ControlChange(change, command).encode();
    }
}
