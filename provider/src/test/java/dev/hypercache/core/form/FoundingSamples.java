package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Payload;
import java.util.List;
import java.util.UUID;

/** Foundings for tests of other packages. */
public final class FoundingSamples {

    private FoundingSamples() {}

    /** A ring of one. */
    public static Payload of(RingTerms terms, NodeProfile founder) {
        return Foundings.make(terms, UUID.randomUUID(), UUID.randomUUID(), List.of(founder));
    }
}
