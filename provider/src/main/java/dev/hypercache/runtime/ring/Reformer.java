package dev.hypercache.runtime.ring;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Where a member has its ring begin a further generation once the topology log lost its majority. Safe for use by any threads. */
public interface Reformer {

    /** For a ring whose log cannot lose its majority. */
    Reformer NONE = new Reformer() {
        @Override
        public void declareDead(Collection<UUID> boots) {}

        @Override
        public Set<UUID> missing() {
            return Set.of();
        }
    };

    /** An operator says of lives of members that they are over; it must be true. */
    void declareDead(Collection<UUID> boots);

    /** Whose consent is waited for: neither known to be dead nor to be reached. */
    Set<UUID> missing();
}
